import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateOptions } from "#server/cli/evaluate/evaluate-options.ts";
import { resultTable } from "#server/cli/evaluate/result-table.ts";
import { type EvaluationResults, evaluationResults } from "#server/cli/evaluate/results.ts";
import { runProtocol } from "#server/cli/evaluate/run-protocol.ts";
import { progressBar } from "#server/cli/progress-bar.ts";
import { handbookA, handbookB } from "./handbook-quality.ts";
import { checkCounts, judgeGoals } from "./judge.ts";
import { sectionOf, writeSection } from "./quality-docs.ts";
import type { QualitySet } from "./quality-set.ts";
import { ulb, ulbInt, vehicleClaims } from "./tabular-quality.ts";

/**
 * npm run bench:quality: every set of docs/quality.md through the code of `npm run evaluate`, one configuration for all.
 * `--rehearse` runs each protocol within its training span instead: the way to look at a change, as tests are not.
 */
const usage =
  "npm run bench:quality [-- --only a,b] [--rehearse] [--quick] [--families a,b] [--seed S] [--data-dir DIR] [--json OUT] [--write-docs]";
const sets: readonly QualitySet[] = [handbookA, handbookB, ulb, ulbInt, vehicleClaims];
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { values: args } = parseArgs({
  options: {
    only: { type: "string" },
    rehearse: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    families: { type: "string" },
    seed: { type: "string", default: "1" },
    "data-dir": { type: "string", default: here("../../../shared/data") },
    json: { type: "string" },
    "write-docs": { type: "boolean", default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const wanted = args.only?.split(",") ?? sets.map(({ name }) => name);
  const unknown = wanted.find((name) => !sets.some((set) => set.name === name));
  if (unknown !== undefined) {
    say(`There is no set ${unknown}; there are ${sets.map(({ name }) => name).join(", ")}.\nUsage: ${usage}`);
    return 1;
  }
  const changesDocs = args["write-docs"] && !args.rehearse && !args.quick && args.families === undefined;
  if (args["write-docs"] && !changesDocs)
    say("--write-docs is for whole runs: docs/quality.md stays as it is.");
  const found: Record<string, EvaluationResults> = {};
  for (const set of sets.filter(({ name }) => wanted.includes(name))) {
    say(`\n## ${set.title}${args.rehearse ? ", rehearsed within its training span" : ""}`);
    const file = join(args["data-dir"], set.file);
    if (!existsSync(file)) {
      say(`Left out: ${file} is not there. The project ships no data; --data-dir says where they are.`);
      continue;
    }
    const results = await evaluate(set, file);
    found[set.name] = results;
    if (args.rehearse) continue;
    checkCounts(set, results);
    report(set, results);
    if (changesDocs)
      writeSection(here("../../docs/quality.md"), set, sectionOf(set, results, Number(args.seed)));
  }
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(found, null, 2)}\n`);
  return Object.keys(found).length > 0 ? 0 : 1;
}

async function evaluate(set: QualitySet, file: string): Promise<EvaluationResults> {
  const options = evaluateOptions([
    ...["--data", file, ...(args.rehearse ? set.rehearsal : set.args), "--seed", args.seed],
    ...(args.quick ? ["--quick"] : []),
    ...(args.families === undefined ? [] : ["--families", args.families]),
  ]);
  const bar = progressBar({ label: set.name, total: 1 });
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const outcomes = await runProtocol(options, {
    now: new Date(),
    onReading: (fraction, note) => bar.update(fraction / 10, note),
    onRead: () => {},
    onTraining: (fraction, note) => bar.update(0.1 + 0.9 * fraction, note),
  });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - started) / 1000;
  bar.finish(
    `${options.featureSet.version}, ${seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of CPU`,
  );
  say(resultTable(outcomes).join("\n"));
  return evaluationResults(outcomes);
}

/** Published figures and goals beside what was found. */
function report(set: QualitySet, results: EvaluationResults): void {
  const figure = (value: number | null | undefined): string => (value == null ? "–" : value.toFixed(3));
  for (const row of set.published) {
    say(
      `${row.source === "book" ? "published" : "outside"}: ${row.model}: AP ${figure(row.averagePrecision)}, AUC ${figure(row.rocAuc)}, ` +
        `CP@100 ${figure(row.cardPrecision100)}, recall@1% ${figure(row.recallAtFpr01)}`,
    );
  }
  for (const { family, figure: name, atLeast, found, reached } of judgeGoals(set, results)) {
    say(`goal: ${family} ${name} ≥ ${atLeast}: ${figure(found)} ${reached ? "reached" : "NOT REACHED"}`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
