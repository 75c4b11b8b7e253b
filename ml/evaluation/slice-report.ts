import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "./ranking.ts";
import { type Confusion, confusionAt } from "./threshold.ts";
import { type Interval, wilsonInterval } from "./wilson-interval.ts";

/** A way to cut scored rows into groups; null leaves a row out of this cut. */
export type SliceBy = {
  readonly name: string;
  readonly title: string;
  readonly of: (row: number) => string | null;
};

/** Scored rows, labels 1 fraud and 0 legitimate. Scores are probabilities. */
export type SlicedRows = {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly slices: readonly SliceBy[];
  /** Alert from this score on; left out, the lowest score of all rows whose false-positive rate is at most 1 %. */
  readonly threshold?: number;
};

/** One group: counts first, rates from them; null where undefined or where `tooFew` says why. */
export type SliceResult = {
  readonly value: string;
  readonly rows: number;
  readonly frauds: number;
  readonly confusion: Confusion;
  readonly expectedFrauds: number; // sum of scores
  readonly tooFew: string | null;
  readonly prevalence: number | null;
  readonly averagePrecision: number | null;
  readonly rocAuc: number | null;
  readonly recall: number | null;
  readonly recallInterval: Interval | null;
  readonly precision: number | null;
  readonly precisionInterval: Interval | null;
  readonly falsePositiveRate: number | null;
  readonly calibrationRatio: number | null; // expected over actual frauds: above 1 scores are too high
};

export type SliceReport = {
  readonly threshold: number | null;
  readonly all: SliceResult;
  readonly slices: readonly {
    readonly name: string;
    readonly title: string;
    readonly groups: readonly SliceResult[]; // in order of value
  }[];
};

const LEAST_FRAUDS = 5;
const ALERTED_SHARE = 0.01;

/**
 * The same model's results group by group, at one threshold for all of them: where it misses fraud, where it bothers
 * honest customers, and where its probabilities are off. Groups with fewer than 5 frauds get counts only. Intervals
 * are Wilson's at 95 %. O(slices x n log n).
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, or a score is NaN.
 */
export function sliceReport({ scores, labels, slices, threshold }: SlicedRows): SliceReport {
  const counts = rankedCounts(scores, labels);
  const alertFrom = threshold ?? thresholdAtFpr(counts, ALERTED_SHARE);
  const everyRow = Array.from({ length: scores.length }, (_, row) => row);
  const resultOf = (value: string, rows: readonly number[]): SliceResult =>
    groupResult(value, { scores: pick(scores, rows), labels: pick(labels, rows) }, alertFrom);
  return {
    threshold: alertFrom,
    all: resultOf("all", everyRow),
    slices: slices.map(({ name, title, of }) => ({
      name,
      title,
      groups: [...rowsByValue(everyRow, of)].map(([value, rows]) => resultOf(value, rows)),
    })),
  };
}

/** The lowest score at which no more than the share of legitimate rows is alerted; null where no score attains it. */
function thresholdAtFpr({ thresholds, fp, negatives }: RankedCounts, share: number): number | null {
  const last = fp.findLastIndex((count) => count <= share * negatives);
  return thresholds[last] ?? null;
}

function rowsByValue(rows: readonly number[], of: SliceBy["of"]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const value = of(row);
    if (value === null) continue;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [row]);
    else group.push(row);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pick(values: ArrayLike<number>, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}

function groupResult(
  value: string,
  { scores, labels }: { scores: Float64Array; labels: Float64Array },
  threshold: number | null,
): SliceResult {
  const confusion = confusionAt(scores, labels, threshold ?? Number.POSITIVE_INFINITY);
  const { tp, fp, tn, fn } = confusion;
  const frauds = tp + fn;
  const counted = {
    value,
    rows: scores.length,
    frauds,
    confusion,
    expectedFrauds: scores.reduce((sum, score) => sum + score, 0),
    prevalence: ratio(frauds, scores.length),
  };
  if (frauds < LEAST_FRAUDS)
    return { ...counted, ...noRates, tooFew: `${frauds} of at least ${LEAST_FRAUDS} frauds` };
  const ranked = rankedCounts(scores, labels);
  return {
    ...counted,
    tooFew: null,
    averagePrecision: averagePrecisionOf(ranked),
    rocAuc: rocAucOf(ranked),
    recall: ratio(tp, frauds),
    recallInterval: wilsonInterval(tp, frauds),
    precision: ratio(tp, tp + fp),
    precisionInterval: wilsonInterval(tp, tp + fp),
    falsePositiveRate: ratio(fp, fp + tn),
    calibrationRatio: ratio(counted.expectedFrauds, frauds),
  };
}

const noRates = {
  averagePrecision: null,
  rocAuc: null,
  recall: null,
  recallInterval: null,
  precision: null,
  precisionInterval: null,
  falsePositiveRate: null,
  calibrationRatio: null,
} as const;

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
