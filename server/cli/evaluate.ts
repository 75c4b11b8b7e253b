import { writeFile } from "node:fs/promises";
import type { ReplayCounts } from "#server/services/import/index.ts";
import { type EvaluateOptions, evaluateOptions } from "./evaluate/evaluate-options.ts";
import { resultTable } from "./evaluate/result-table.ts";
import { evaluationResults } from "./evaluate/results.ts";
import { runProtocol } from "./evaluate/run-protocol.ts";
import { sliceTable } from "./evaluate/slices.ts";
import { refusalLine } from "./import/report.ts";
import { type ProgressOutput, progressBar } from "./progress-bar.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run evaluate`: trains on some payments of files and tests on others, without a database. Nothing of the test
 * payments enters a choice. Returns the exit code.
 */
export async function runEvaluate(args: readonly string[], out: ProgressOutput): Promise<number> {
  const options = evaluateOptions(args);
  const reading = progressBar({ label: "Reading", total: 1, out });
  const training = progressBar({ label: "Training", total: 1, out });
  const outcomes = await runProtocol(options, {
    now: new Date(),
    onReading: (fraction, note) => reading.update(fraction, note),
    onRead: (counts) => reading.finish(readLine(options, counts)),
    onTraining: (fraction, note) => training.update(fraction, note),
  });
  training.finish(`Feature set ${options.featureSet.version}, seed ${options.seed}.`);
  out.write(`${resultTable(outcomes).join("\n")}\n`);
  const slices = outcomes[0]?.slices ?? null;
  if (slices !== null) out.write(`${sliceTable(slices).join("\n")}\n`);
  if (options.json !== null) {
    await writeFile(options.json, `${JSON.stringify(evaluationResults(outcomes), null, 2)}\n`);
    out.write(`Written to ${options.json}.\n`);
  }
  return 0;
}

function readLine(
  { paths }: EvaluateOptions,
  { rows, refused, firstRefused, outOfOrder }: ReplayCounts,
): string {
  const parts = [`Read ${rows.toLocaleString("en")} payments of ${paths.join(", ")}`];
  if (outOfOrder > 0) parts.push(`${outOfOrder.toLocaleString("en")} out of time order`);
  if (refused > 0) parts.push(`${refused.toLocaleString("en")} refused`);
  const first = firstRefused === null ? "" : ` ${refusalLine(firstRefused)}.`;
  return `${parts.join(", ")}.${first}`;
}

if (import.meta.main) await runCommand(() => runEvaluate(process.argv.slice(2), process.stdout));
