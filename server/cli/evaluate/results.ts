import type { EvaluationReport } from "#ml/evaluation/evaluation-report.ts";
import type { SliceReport } from "#ml/evaluation/slice-report.ts";
import type { AvailableFamily } from "#ml/models/families.ts";
import type { FamilyReport, TrainingResult } from "#ml/training/train.ts";
import type { Selection } from "./selection.ts";

/** What one round of a protocol gave. */
export type RoundOutcome = Pick<
  TrainingResult,
  "selected" | "reports" | "candidates" | "runnerUp" | "split"
> & {
  readonly selection: Selection["kind"];
  /** Signs of leaks in the training rows; of the newest round only. */
  readonly warnings: readonly string[];
  /** The selected model's results per group of test rows, where asked for; of the newest round only. */
  readonly slices: SliceReport | null;
};

const figures = [
  "averagePrecision",
  "rocAuc",
  "cardPrecision100",
  "recallAtFpr001", // at a false-positive rate of 0.1 %
  "recallAtFpr01", // at 1 %
  "brier",
  "ece",
] as const satisfies readonly (keyof EvaluationReport)[];
type Figures = Readonly<Record<(typeof figures)[number], number | null>>;

/** The configuration that validation chose; null where the family has none of its own. */
type Configuration = { readonly variant: string; readonly imbalance: string | null } | null;

/** One family's figures on the test days, means over the folds, as other programs read them; null where undefined. */
export type FamilyResult = Figures & {
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly validationAveragePrecision: number | null;
  readonly configuration: Configuration;
  /** Standard deviation over the folds (of the population); null with one fold. */
  readonly deviation: Figures | null;
};

export type FoldResult = {
  readonly train: FoldSpan;
  readonly test: FoldSpan;
  readonly selection: Selection["kind"];
  readonly selected: AvailableFamily;
  readonly results: Partial<Record<AvailableFamily, FamilyResult>>;
};
type FoldSpan = {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly frauds: number;
};

export type EvaluationResults = {
  readonly selected: AvailableFamily;
  readonly results: Partial<Record<AvailableFamily, FamilyResult>>;
  /** Newest test first. */
  readonly folds: readonly FoldResult[];
  readonly warnings: readonly string[];
  readonly slices: SliceReport | null;
};

/**
 * What `--json` writes. `selected` is what the earliest round chose, before any of the test days; each fold tells its
 * own choice.
 * @throws RangeError without a round
 */
export function evaluationResults(rounds: readonly RoundOutcome[]): EvaluationResults {
  const earliest = rounds.at(-1);
  if (earliest === undefined) throw new RangeError("there is no round to report");
  const folds = rounds.map(foldResult);
  const results: Partial<Record<AvailableFamily, FamilyResult>> = {};
  for (const { family } of Object.values(earliest.reports)) {
    results[family] = meanOf(folds.flatMap((fold) => fold.results[family] ?? []));
  }
  const warnings = rounds.flatMap((round) => round.warnings);
  return { selected: earliest.selected, results, folds, warnings, slices: rounds[0]?.slices ?? null };
}

function foldResult(round: RoundOutcome): FoldResult {
  const { selected, selection, reports, split } = round;
  const results: Partial<Record<AvailableFamily, FamilyResult>> = {};
  for (const report of Object.values(reports)) results[report.family] = resultOf(report, round);
  const span = ({ fromMs, toMs, rows, frauds }: typeof split.test): FoldSpan => {
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    return { from, to, rows, frauds };
  };
  return { train: span(split.train), test: span(split.test), selection, selected, results };
}

function resultOf(report: FamilyReport, { candidates, split }: RoundOutcome): FamilyResult {
  const { family, test, fitSeconds, predictSeconds, validationAveragePrecision } = report;
  const chosen = candidates.find((candidate) => candidate.family === family && candidate.chosen);
  return {
    ...figuresOf((figure) => test[figure]),
    fitSeconds,
    predictSeconds,
    trainRows: split.train.rows,
    testRows: test.rows,
    validationAveragePrecision,
    configuration: chosen === undefined ? null : { variant: chosen.variant, imbalance: chosen.imbalance },
    deviation: null,
  };
}

function meanOf(results: readonly FamilyResult[]): FamilyResult {
  const [newest] = results;
  if (newest === undefined) throw new RangeError("a family without a result");
  if (results.length === 1) return newest;
  const over = (read: (result: FamilyResult) => number | null): number[] =>
    results.flatMap((result) => read(result) ?? []);
  return {
    ...figuresOf((figure) => mean(over((result) => result[figure]))),
    fitSeconds: mean(over((result) => result.fitSeconds)) ?? 0,
    predictSeconds: mean(over((result) => result.predictSeconds)) ?? 0,
    trainRows: Math.round(mean(over((result) => result.trainRows)) ?? 0),
    testRows: Math.round(mean(over((result) => result.testRows)) ?? 0),
    validationAveragePrecision: mean(over((result) => result.validationAveragePrecision)),
    configuration: newest.configuration,
    deviation: figuresOf((figure) => deviation(over((result) => result[figure]))),
  };
}

function figuresOf(read: (figure: (typeof figures)[number]) => number | null): Figures {
  const [averagePrecision, rocAuc, cardPrecision100] = [
    read("averagePrecision"),
    read("rocAuc"),
    read("cardPrecision100"),
  ];
  const [recallAtFpr001, recallAtFpr01] = [read("recallAtFpr001"), read("recallAtFpr01")];
  const [brier, ece] = [read("brier"), read("ece")];
  return { averagePrecision, rocAuc, cardPrecision100, recallAtFpr001, recallAtFpr01, brier, ece };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null) return null;
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) ?? 0);
}
