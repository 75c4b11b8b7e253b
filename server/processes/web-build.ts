import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const STAMP = join(root, ".next", "assay-sources");
const LOG = join(root, ".next", "assay-build.log");
const SOURCES = [
  "app",
  "server",
  "ml",
  "public",
  "next.config.mjs",
  "postcss.config.mjs",
  "package-lock.json",
];

/** Builds the pages unless the build that is there was made from exactly these sources. */
export async function buildPages(): Promise<{ readonly built: boolean }> {
  const wanted = hashOfSources();
  const current =
    existsSync(join(root, ".next", "BUILD_ID")) && existsSync(STAMP) && readFileSync(STAMP, "utf8");
  if (current === wanted) return { built: false };
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  writeFileSync(LOG, output);
  if (code !== 0) throw new Error(`The pages could not be built (next build ended with ${code}); see ${LOG}`);
  writeFileSync(STAMP, wanted);
  return { built: true };
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) addToHash(hash, join(root, source), source);
  return hash.digest("hex");
}

function addToHash(hash: ReturnType<typeof createHash>, path: string, name: string): void {
  if (!existsSync(path)) return;
  const entries = readFolder(path);
  if (entries === null) {
    hash.update(name).update("\0").update(readFileSync(path));
    return;
  }
  for (const entry of entries) {
    if (!/\.test\.tsx?$/.test(entry)) addToHash(hash, join(path, entry), `${name}/${entry}`);
  }
}

function readFolder(path: string): string[] | null {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}
