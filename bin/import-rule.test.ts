import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Which part of the tree may import which; every part may import itself. Composition roots may import all. */
const mayImport: Record<string, readonly string[]> = {
  ml: [],
  "server/domain": [],
  "server/db": ["server/domain"],
  "server/auth": ["server/db", "server/domain", "server/env"],
  "server/services": ["server/db", "server/domain", "ml"],
  "server/scoring": ["server/db", "server/domain", "server/auth", "ml"],
  "server/jobs": ["server/services", "server/db", "server/domain", "server/env"],
  "server/api": ["server/services", "server/domain", "server/auth", "server/db", "server/env"],
  app: ["server/api", "server/domain", "server/auth"],
  "server/env": [],
};
/** Types alone tie nothing together when the program runs, so these may go where values may not. */
const mayImportTypes: Record<string, readonly string[]> = { "server/db": ["ml"] };
const compositionRoots = ["server/processes", "server/cli", "app/api", "bin", "e2e", "bench", "prisma"];

/** What a part may use from npm, where that is limited. */
const allowedPackages: Record<string, RegExp> = {
  ml: /^(node:|@tensorflow\/tfjs-)/,
  "server/domain": /^zod$/,
};

type Import = { readonly file: string; readonly specifier: string; readonly typesOnly: boolean };

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(generated|testing|fixtures|node_modules)$/.test(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)(\stype)?\s[^;"']*?from\s+["']([^"']+)["']|(?:(?:^|\n)\s*import\s+|import\(\s*)["']([^"']+)["']/g,
  );
  return [...found].map(([, type, from, alone]) => ({
    file,
    specifier: from ?? alone ?? "",
    typesOnly: type !== undefined,
  }));
}

function partOf(path: string): string {
  const known = [...Object.keys(mayImport), ...compositionRoots].sort((a, b) => b.length - a.length);
  return known.find((part) => path === part || path.startsWith(`${part}/`) || path === `${part}.ts`) ?? path;
}

function targetOf({ file, specifier }: Pick<Import, "file" | "specifier">): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return relative(root, resolve(root, dirname(file), specifier));
  return null;
}

function violation(found: Import): string | null {
  const from = partOf(found.file);
  if (compositionRoots.includes(from)) return null;
  const target = targetOf(found);
  if (target === null) {
    const allowed = allowedPackages[from];
    return allowed === undefined || allowed.test(found.specifier)
      ? null
      : `${found.file} uses ${found.specifier}`;
  }
  const to = partOf(target);
  const allowed = [
    from,
    ...(mayImport[from] ?? []),
    ...(found.typesOnly ? (mayImportTypes[from] ?? []) : []),
  ];
  return allowed.includes(to) ? null : `${found.file} imports ${target}`;
}

const all = ["ml", "server", "app"].flatMap(sources).flatMap(importsOf);

test("every import goes the way the layers allow", () => {
  expect(all.length).toBeGreaterThan(200);
  expect(all.map(violation).filter((line) => line !== null)).toEqual([]);
});

const imports = (file: string, specifier: string, typesOnly = false): string | null =>
  violation({ file, specifier, typesOnly });

test("the rule sees a forbidden import, so that its silence means something", () => {
  expect(imports("ml/a.ts", "#server/db/client.ts")).toBe("ml/a.ts imports server/db/client.ts");
  expect(imports("server/domain/a.ts", "pg")).toBe("server/domain/a.ts uses pg");
  expect(imports("server/scoring/a.ts", "../services/label/index.ts")).not.toBeNull();
});

test("the database may speak of a type of ml, but not run its code", () => {
  expect(imports("server/db/a.ts", "#ml/features/replay.ts", true)).toBeNull();
  expect(imports("server/db/a.ts", "#ml/features/replay.ts")).not.toBeNull();
});
