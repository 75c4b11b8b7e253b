import { writeFile } from "node:fs/promises";
import { train } from "#ml/training/train.ts";
import type { ReplayCounts } from "#server/services/import/index.ts";
import { type EvaluateOptions, evaluateOptions } from "./evaluate/evaluate-options.ts";
import { protocolDataset, protocolTraining } from "./evaluate/protocol.ts";
import { evaluationResults, resultTable } from "./evaluate/results.ts";
import { refusalLine } from "./import/report.ts";
import { type ProgressOutput, progressBar } from "./progress-bar.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run evaluate`: trains on some days of a file and tests on later ones, without a database. Nothing of the test
 * days enters a choice. Returns the exit code.
 */
export async function runEvaluate(args: readonly string[], out: ProgressOutput): Promise<number> {
  const options = evaluateOptions(args);
  const now = new Date();
  const reading = progressBar({ label: "Reading", total: 1, out });
  const { dataset, counts } = await protocolDataset(options, now, (fraction) => reading.update(fraction));
  reading.finish(readLine(options, counts));
  const training = progressBar({ label: "Training", total: 1, out });
  const result = await train(dataset, protocolTraining(options), {
    signal: null,
    onProgress: ({ fraction, stage }) => training.update(fraction, stage),
    now,
  });
  training.finish(`Feature set ${options.featureSet.version}, seed ${options.seed}.`);
  out.write(`${resultTable(result).join("\n")}\n`);
  if (options.json !== null) {
    await writeFile(options.json, `${JSON.stringify(evaluationResults(result), null, 2)}\n`);
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
