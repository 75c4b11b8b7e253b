import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { artifactFormatVersion } from "#ml/models/artifact.ts";
import { removeEmbeddedData } from "#server/db/embedded/embedded-postgres.ts";

/** Another number where the worlds of the same sizes have changed. */
const WORLDS = 1;
const READY_FILE = "ready.json";
const LOCK_FILE = "bench.lock";
const WAIT_MS = 2_000;

const World = z.object({
  seed: z.int(),
  customers: z.int(),
  merchants: z.int(),
  startMs: z.int(),
  days: z.int(),
});
const Ready = z.object({ world: World, key: z.string(), fillSeconds: z.number() });
/** What a filled folder says of itself. */
export type Ready = z.infer<typeof Ready>;

/**
 * The folder under the system's temporary one that holds a filled database of this size; another feature set, another
 * form of artefact or another size has another folder. `name` keeps several of the same apart.
 */
export function benchFolder(payments: number, name: string): string {
  const hash = createHash("sha256")
    .update(`${WORLDS} ${defaultFeatureSet.version} ${artifactFormatVersion}`)
    .digest("hex");
  return join(
    tmpdir(),
    ["assay-bench", String(payments), name, hash.slice(0, 12)].filter((part) => part !== "").join("-"),
  );
}

/** One bench at a time on a folder: waits for another's end. Returns the release. */
export async function lockFolder(folder: string, signal: AbortSignal): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755); // PostgreSQL's own user must be able to enter
  const file = join(folder, LOCK_FILE);
  for (let told = false; holderOf(file) !== null; told = true) {
    if (!told)
      process.stdout.write(
        `Another bench (process ${holderOf(file)}) uses ${folder}: waiting for its end.\n`,
      );
    await sleep(WAIT_MS, undefined, { signal });
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** Null for a folder that was never filled to the end. */
export function readReady(folder: string): Ready | null {
  const file = join(folder, READY_FILE);
  return existsSync(file) ? Ready.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
}

export function writeReady(folder: string, ready: Ready): void {
  writeFileSync(join(folder, READY_FILE), JSON.stringify(ready), { mode: 0o600 });
}

/** Deletes a database and what else the folder holds, but not its lock. */
export async function emptyFolder(folder: string): Promise<void> {
  rmSync(join(folder, READY_FILE), { force: true });
  await removeEmbeddedData(folder);
  for (const name of readdirSync(folder)) {
    if (name !== LOCK_FILE) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function holderOf(file: string): number | null {
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  if (!Number.isInteger(holder) || holder === process.pid) return null;
  try {
    return readFileSync(`/proc/${holder}/cmdline`, "utf8").includes("bench/") ? holder : null;
  } catch {
    return null; // its process is gone
  }
}
