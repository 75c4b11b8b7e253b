import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { progressBar } from "#server/cli/progress-bar.ts";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { emptyFolder, lockFolder } from "../../scoring/setup/bench-folder.ts";
import type { CleanUp } from "../../scoring/setup/clean-up.ts";
import type { ReviewBenchOptions } from "../options.ts";
import { fillReview } from "./fill-review.ts";

export type ReviewDatabase = { readonly url: string; readonly at: Date };

const PORT = 41_300;
const READY_FILE = "filled-at";
const root = resolve(import.meta.dirname, "../../..");

/** Starts the embedded PostgreSQL on a database of the size asked for: filled now, or kept from an earlier run. */
export async function openReviewDatabase(
  options: ReviewBenchOptions,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<ReviewDatabase> {
  const folder = folderFor(options);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755); // PostgreSQL's own user must be able to enter
  cleanUp.add(await lockFolder(folder, signal));
  const ready = join(folder, READY_FILE);
  if (options.fresh || !existsSync(ready)) await emptyFolder(folder);
  const postgres = await startEmbeddedPostgres(folder, PORT);
  cleanUp.add(() => postgres.stop());
  if (!existsSync(ready)) writeFileSync(ready, (await fill(postgres.url, options, signal)).toISOString());
  return { url: postgres.url, at: new Date(readFileSync(ready, "utf8")) };
}

/** Another folder where the size, the schema or what is filled in differs. */
function folderFor({ rows, cases, raceCases }: ReviewBenchOptions): string {
  const hash = createHash("sha256").update(readdirSync(join(root, "prisma/migrations")).sort().join());
  for (const file of ["fill-sql.ts", "case-sql.ts", "fill-review.ts"]) {
    hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  const name = `assay-bench-review-${rows}-${cases}-${raceCases}-${hash.digest("hex").slice(0, 12)}`;
  return join(tmpdir(), name);
}

async function fill(url: string, options: ReviewBenchOptions, signal: AbortSignal): Promise<Date> {
  const at = new Date();
  await applyMigrations(url);
  const bar = progressBar({ label: "Filling the database", total: 1 });
  const client = new Client({ connectionString: url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await fillReview(client, {
      ...options,
      at,
      signal,
      onProgress: (share, what) => bar.update(share, what),
    });
  } finally {
    await client.end();
  }
  bar.finish(
    `Filled ${options.rows.toLocaleString("en")} payments and ${options.cases.toLocaleString("en")} open cases in ` +
      `${Math.round((Date.now() - at.getTime()) / 1000)} s`,
  );
  return at;
}
