import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { artifactFormatVersion } from "#ml/models/artifact.ts";
import { openDatabase } from "#server/db/client.ts";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import { emptyFolder, lockFolder } from "../../scoring/setup/bench-folder.ts";
import type { CleanUp } from "../../scoring/setup/clean-up.ts";
import type { PagesBenchOptions } from "../options.ts";
import { fillPages } from "./fill-pages.ts";

const READY_FILE = "filled-at";
const PORT = 41_350;
const STALE_MS = 2 * 86_400_000;
const root = resolve(import.meta.dirname, "../../..");
const fillers = ["pages/setup", "review/setup/case-sql.ts", "review/setup/fill-review.ts"];

/** The folder of a filled database of the size asked for: filled now, or kept from an earlier run. Nothing runs on it. */
export async function pagesFolder(
  options: PagesBenchOptions,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<string> {
  const folder = folderFor(options);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755); // PostgreSQL's own user must be able to enter
  cleanUp.add(await lockFolder(folder, signal));
  if (!options.fresh && isFilled(folder)) return folder;
  await emptyFolder(folder);
  const at = new Date();
  await fill(folder, { rows: options.rows, at, signal });
  writeFileSync(join(folder, READY_FILE), at.toISOString());
  return folder;
}

/** Pages look at the newest weeks, which would be empty in an old one. */
function isFilled(folder: string): boolean {
  const file = join(folder, READY_FILE);
  return existsSync(file) && Date.now() - Date.parse(readFileSync(file, "utf8")) < STALE_MS;
}

/** Another folder where the size, the schema, the features or what is filled in differs. */
function folderFor({ rows }: PagesBenchOptions): string {
  const hash = createHash("sha256").update(readdirSync(join(root, "prisma/migrations")).sort().join());
  hash.update(`${defaultFeatureSet.version} ${artifactFormatVersion}`);
  for (const name of fillers) addToHash(hash, join(root, "bench", name));
  return join(tmpdir(), `assay-bench-pages-${rows}-${hash.digest("hex").slice(0, 12)}`);
}

function addToHash(hash: ReturnType<typeof createHash>, path: string): void {
  if (path.endsWith(".ts")) hash.update(readFileSync(path));
  else for (const entry of readdirSync(path).sort()) addToHash(hash, join(path, entry));
}

type Fill = { readonly rows: number; readonly at: Date; readonly signal: AbortSignal };

async function fill(folder: string, { rows, at, signal }: Fill): Promise<void> {
  const postgres = await startEmbeddedPostgres(folder, PORT);
  await applyMigrations(postgres.url);
  const db = openDatabase(postgres.url, 4);
  const pool = openPool(postgres.url, 4);
  const client = new Client({ connectionString: postgres.url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await fillPages({ db, pool, client, rows, at, signal });
    const seconds = Math.round((Date.now() - at.getTime()) / 1000);
    process.stdout.write(`Filled ${rows.toLocaleString("en")} payments in ${seconds} s; kept in ${folder}\n`);
  } finally {
    await client.end();
    await db.$disconnect();
    await pool.end();
    await postgres.stop();
  }
}
