import { readFileSync, writeFileSync } from "node:fs";
import type { EvaluationResults } from "#server/cli/evaluate/results.ts";
import { familyRows, judgeGoals } from "./judge.ts";
import type { QualitySet } from "./quality-set.ts";

/** Rewrites the part of a page between the markers of a set. @throws RangeError when the page has no such markers. */
export function writeSection(path: string, set: QualitySet, section: readonly string[]): void {
  const page = readFileSync(path, "utf8");
  const [start, end] = [`<!-- quality:${set.name} -->`, `<!-- /quality:${set.name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`${path} has no markers ${start} and ${end}`);
  writeFileSync(path, `${page.slice(0, from + start.length)}\n${section.join("\n")}\n${page.slice(to)}`);
}

const head = ["model", "validation AP", "AP", "ROC AUC", "CP@100", "recall at 1 % FPR", "ECE"];

/** A set's results beside the published ones, in Markdown. */
export function sectionOf(set: QualitySet, results: EvaluationResults, seed: number): string[] {
  const ours = familyRows(results).map(({ name, result }) => [
    name.replace(/^(\w+) \*$/, "**$1** (selected)"),
    digits(result.validationAveragePrecision),
    digits(result.averagePrecision),
    digits(result.rocAuc),
    digits(result.cardPrecision100),
    digits(result.recallAtFpr01),
    digits(result.ece, 4),
  ]);
  const theirs = set.published.map((row) => [
    `${row.model} ${row.source === "book" ? "(published)" : "(outside, same rows)"}`,
    "",
    digits(row.averagePrecision),
    digits(row.rocAuc),
    digits(row.cardPrecision100 ?? null),
    digits(row.recallAtFpr01 ?? null),
    "",
  ]);
  const { train, test } = set.counts;
  return [
    `Train ${count(train.rows)} rows, ${count(train.frauds)} frauds; test ${count(test.rows)}, ${count(test.frauds)}. Seed ${seed}.`,
    "",
    line(head),
    line(head.map((_, i) => (i === 0 ? "---" : "--:"))),
    ...[...ours, ...theirs].map(line),
    "",
    ...choiceLines(results),
    ...set.notes.map((note) => `- ${note}`),
    ...judgeGoals(set, results).map(
      ({ family, figure, atLeast, found, reached }) =>
        `- Goal: ${family.replace("_", " ")}, ${figureText[figure]} at least ${atLeast}: ${digits(found)}, ${reached ? "reached" : "**not reached**"}.`,
    ),
    "",
    `\`npm run evaluate -- --data ${set.file} ${set.args.join(" ")} --seed ${seed}\``,
  ];
}

const figureText = { averagePrecision: "AP", rocAuc: "ROC AUC", cardPrecision100: "CP@100" } as const;

const selectionText = {
  rehearsals: "on rehearsals of the protocol on earlier days",
  holdouts: "on the last part of the training span",
  blocks: "by cross-validation over blocks of the training span",
} as const;

function choiceLines({ results, folds, warnings }: EvaluationResults): string[] {
  const chosen = Object.entries(results).flatMap(([family, { configuration }]) =>
    configuration?.imbalance == null
      ? []
      : [`${family} ${configuration.variant}, imbalance ${configuration.imbalance.replaceAll("_", " ")}`],
  );
  const how = folds.map(({ selection }) => selectionText[selection])[0] ?? "";
  return [
    `- Chosen ${how}: ${chosen.join("; ")}.`,
    ...warnings.map((warning) => `- Leak detector: ${warning}`),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function digits(value: number | null, places = 3): string {
  return value === null ? "–" : value.toFixed(places);
}
