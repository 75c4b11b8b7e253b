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
const compositionRoots = ["server/processes", "server/cli", "app/api", "bin", "e2e", "bench", "prisma"];

/** What a part may use from npm, where that is limited. */
const allowedPackages: Record<string, RegExp> = {
  ml: /^(node:|@tensorflow\/tfjs-)/,
  "server/domain": /^zod$/,
};

type Import = { readonly file: string; readonly specifier: string };

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
    /(?:^|\n)\s*(?:import|export)\s[^;"']*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']/g,
  );
  return [...found].map((match) => ({ file, specifier: match[1] ?? match[2] ?? "" }));
}

function partOf(path: string): string {
  const known = [...Object.keys(mayImport), ...compositionRoots].sort((a, b) => b.length - a.length);
  return known.find((part) => path === part || path.startsWith(`${part}/`) || path === `${part}.ts`) ?? path;
}

function targetOf({ file, specifier }: Import): string | null {
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
  return to === from || mayImport[from]?.includes(to) ? null : `${found.file} imports ${target}`;
}

const all = ["ml", "server", "app"].flatMap(sources).flatMap(importsOf);

test("every import goes the way the layers allow", () => {
  expect(all.length).toBeGreaterThan(200);
  expect(all.map(violation).filter((line) => line !== null)).toEqual([]);
});

test("the rule sees a forbidden import, so that its silence means something", () => {
  expect(violation({ file: "ml/a.ts", specifier: "#server/db/client.ts" })).toBe(
    "ml/a.ts imports server/db/client.ts",
  );
  expect(violation({ file: "server/domain/a.ts", specifier: "pg" })).toBe("server/domain/a.ts uses pg");
  expect(violation({ file: "server/scoring/a.ts", specifier: "../services/label/index.ts" })).not.toBeNull();
});
