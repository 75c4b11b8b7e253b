import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Environment } from "#server/env.ts";
import {
  importHistory,
  importSalt,
  loadMapping,
  type MappedFile,
  type Mapping,
  openMappedFile,
  RefusalFile,
  rememberImport,
  type TimeRange,
  timeRange,
} from "#server/services/import/index.ts";
import { importReport, printDryRun } from "./import/report.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { type CommandDatabase, withDatabase } from "./with-database.ts";

const usage =
  "npm run import -- FILE.csv[.gz] --mapping NAME|FILE.json [--from DAY] [--to DAY] [--dry-run]  (days in UTC, included)";

type Arguments = {
  readonly path: string;
  readonly mapping: Mapping;
  readonly range: TimeRange;
  readonly dryRun: boolean;
};

/** Returns the exit code: 1 when no row of the file could be read. */
export async function runImport(args: readonly string[], env: Environment): Promise<number> {
  const { path, mapping, range, dryRun } = argumentsOf(args);
  // A dry run leaves nothing behind, not even a salt: what its tokens look like does not matter.
  const salt = dryRun ? "dry run" : importSalt(env.ASSAY_DATA_DIR);
  const file = await openMappedFile(path, mapping, { salt, now: new Date(), range });
  if (dryRun) return printDryRun(file, mapping, (line) => process.stdout.write(`${line}\n`));
  return withDatabase(env, (database) => importFile(database, { env, path, mapping, file }));
}

async function importFile(
  { db, pool, signal }: CommandDatabase,
  source: { env: Environment; path: string; mapping: Mapping; file: MappedFile },
): Promise<number> {
  const { env, path, mapping, file } = source;
  const refusals = new RefusalFile(env.ASSAY_DATA_DIR, path, { header: file.header, now: new Date() });
  const bar = progressBar({ label: `Importing ${basename(path)}`, total: file.totalBytes });
  const started = performance.now();
  try {
    const counts = await importHistory({
      pool,
      file,
      mapping,
      signal,
      onRefused: (rows) => refusals.append(rows),
      onProgress: (bytes, { read }) => bar.update(bytes, `${read.toLocaleString("en")} rows`),
    });
    bar.finish(`Read ${path} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    if (counts.added > 0) await pool.query("analyze transaction, label, effective_label");
    const ctx = { db, actor: { kind: "system", name: "import" }, now: () => new Date() } as const;
    if (counts.read > counts.refused) await rememberImport(ctx, { file: basename(path), mapping }, counts);
    for (const line of importReport(counts, mapping, refusals)) process.stdout.write(`${line}\n`);
    return counts.read > counts.refused ? 0 : 1;
  } catch (error) {
    bar.finish(
      "The import stopped. What was written is complete as far as it goes; run it again to continue.",
    );
    if (refusals.count > 0) process.stdout.write(`Rows refused so far are in ${refusals.path}.\n`);
    throw error;
  } finally {
    await refusals.close();
  }
}

function argumentsOf(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        mapping: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
    }),
  );
  const [path, ...others] = positionals;
  if (path === undefined) throw new UsageError("Which file?", usage);
  if (others.length > 0) throw new UsageError("One file at a time.", usage);
  const { mapping } = values;
  if (mapping === undefined) throw new UsageError("Which mapping?", usage);
  const range = parsed(usage, () => timeRange(values.from, values.to));
  return { path, mapping: loadMapping(mapping), range, dryRun: values["dry-run"] };
}

if (import.meta.main) await runCommand((env) => runImport(process.argv.slice(2), env));
