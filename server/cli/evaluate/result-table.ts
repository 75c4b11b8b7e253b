import { evaluationResults, type FamilyResult, type RoundOutcome } from "./results.ts";

const columns = [
  "family",
  "validation AP",
  "test AP",
  "95 % interval",
  "ROC AUC",
  "CP@100",
  "recall@0.1%",
  "recall@1%",
  "Brier",
  "ECE",
  "fit s",
  "predict s",
];

const selectionText = {
  rehearsals: "on rehearsals: the same protocol on earlier days",
  holdouts: "on the last part of the training span",
  blocks: "by cross-validation over blocks of the training span",
} as const;

/** The results as lines for a person: a row per family, the selected one marked, and what validation chose. */
export function resultTable(rounds: readonly RoundOutcome[]): string[] {
  const { selected, results, folds, warnings } = evaluationResults(rounds);
  const several = folds.length > 1;
  const rows = Object.entries(results).map(([family, result]) => [
    `${family}${family === selected ? " *" : ""}`,
    digits(result.validationAveragePrecision),
    ...[measured(result, "averagePrecision")],
    several ? "" : intervalOf(rounds[0], family),
    measured(result, "rocAuc"),
    measured(result, "cardPrecision100"),
    digits(result.recallAtFpr001),
    digits(result.recallAtFpr01),
    digits(result.brier, 5),
    digits(result.ece, 5),
    digits(result.fitSeconds, 1),
    digits(result.predictSeconds, 2),
  ]);
  return [
    ...rounds.map(countLine),
    ...aligned([columns, ...rows]),
    `* selected ${selectionText[rounds.at(-1)?.selection ?? "blocks"]}${several ? ", before the first test day" : ""}.`,
    ...rounds.flatMap((round) => choiceLines(round, several)),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}

function countLine({ split, selected }: RoundOutcome, _: number, all: readonly RoundOutcome[]): string {
  const { train, test, validation } = split;
  const count = (n: number): string => n.toLocaleString("en");
  const own = all.length > 1 ? ` Selected: ${selected}.` : "";
  return (
    `Training ${day(train.fromMs)}: ${count(train.rows)} rows, ${count(train.frauds)} frauds. ` +
    `Validated on ${count(validation.rows)}, ${count(validation.frauds)} frauds. ` +
    `Test ${day(test.fromMs)}: ${count(test.rows)} rows, ${count(test.frauds)} frauds.${own}`
  );
}

/** What validation chose for each family, and how sure it is of the family. */
function choiceLines({ candidates, selected, runnerUp, split }: RoundOutcome, several: boolean): string[] {
  const chosen = candidates
    .filter((candidate) => candidate.chosen && candidate.imbalance !== null)
    .map(({ family, variant, imbalance }) => `${family} ${variant} (imbalance: ${imbalance})`);
  const lines = chosen.length === 0 ? [] : [`Chosen by validation: ${chosen.join(", ")}.`];
  if (runnerUp !== null) {
    const { family, difference, differenceInterval: bounds } = runnerUp;
    const sure = bounds === null ? "" : ` (95 %: ${signed(bounds.lower)} to ${signed(bounds.upper)}, paired)`;
    lines.push(`${selected} against ${family} on validation: AP ${signed(difference)}${sure}.`);
  }
  return several ? lines.map((line) => `Test ${day(split.test.fromMs)}: ${line}`) : lines;
}

function measured(result: FamilyResult, figure: "averagePrecision" | "rocAuc" | "cardPrecision100"): string {
  const spread = result.deviation?.[figure];
  return `${digits(result[figure])}${spread == null ? "" : ` ±${spread.toFixed(3)}`}`;
}

function intervalOf(round: RoundOutcome | undefined, family: string): string {
  const report = Object.values(round?.reports ?? {}).find((one) => one.family === family);
  const bounds = report?.test.averagePrecisionInterval ?? null;
  return bounds === null ? "–" : `${digits(bounds.lower)}–${digits(bounds.upper)}`;
}

/** Lines of equally many cells, padded so that columns line up: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
  );
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A figure with as many decimals, a dash where undefined. */
export function digits(value: number | null, places = 3): string {
  return value === null ? "–" : value.toFixed(places);
}

function signed(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
