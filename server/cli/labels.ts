import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Environment } from "#server/env.ts";
import { openCsv, RefusalFile, type RefusedRow, recordLabelFile } from "#server/services/import/index.ts";
import { countLine, refusalLine } from "./import/report.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const usage =
  "npm run labels -- FILE.csv[.gz] [--dry-run]  (columns transactionId,label,source,occurredAt,note)";

/** `npm run labels`: labels from a file. Returns the exit code: 1 when no row of it could be taken. */
export async function runLabels(args: readonly string[], env: Environment): Promise<number> {
  const { path, dryRun } = argumentsOf(args);
  const file = await openCsv(path);
  const print = (line: string): unknown => process.stdout.write(`${line}\n`);
  return withDatabase(env, async ({ db, signal }) => {
    const refusals = new RefusalFile(env.ASSAY_DATA_DIR, path, { header: file.header, now: new Date() });
    const showRefusals = async (rows: readonly RefusedRow[]): Promise<void> => {
      for (const row of rows) print(refusalLine(row));
    };
    const ctx = { db, actor: { kind: "system", name: "labels" }, now: () => new Date() } as const;
    const bar = progressBar({ label: `Reading ${basename(path)}`, total: file.totalBytes });
    try {
      const counts = await recordLabelFile(ctx, {
        file,
        dryRun,
        signal,
        onRefused: dryRun ? showRefusals : (rows) => refusals.append(rows),
        onProgress: (bytes) => bar.update(bytes),
      });
      bar.finish(dryRun ? "Dry run: nothing was written." : `Read ${path}.`);
      print(countLine("Rows read", counts.read));
      print(countLine(dryRun ? "Of known payments" : "New labels", counts.created));
      if (!dryRun) print(countLine("Already there", counts.alreadyThere));
      if (!dryRun) print(countLine("Cases reopened", counts.reopenedCases));
      print(countLine("Refused", counts.refused));
      if (refusals.count > 0)
        print(`The refused rows, with line, column and reason, are in ${refusals.path}`);
      return counts.read > counts.refused ? 0 : 1;
    } finally {
      await refusals.close();
    }
  });
}

function argumentsOf(args: readonly string[]): { path: string; dryRun: boolean } {
  const { values, positionals } = parsed(usage, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "dry-run": { type: "boolean", default: false } },
    }),
  );
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0)
    throw new UsageError("Which file of labels? One at a time.", usage);
  return { path, dryRun: values["dry-run"] };
}

if (import.meta.main) await runCommand((env) => runLabels(process.argv.slice(2), env));
