import { brierScore, equalWidthBins, expectedCalibrationError } from "#ml/calibration/calibration-scores.ts";
import { type BootstrapInterval, bootstrapIntervals } from "./bootstrap.ts";
import { cardPrecisionAtK } from "./card-precision.ts";
import { rankedCounts } from "./ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "./ranking.ts";
import { recallAtFprOf } from "./recall-at-fpr.ts";

/** Scored rows of a window, labels 1 fraud and 0 legitimate. Scores are probabilities. */
export type ScoredRows = {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly amountMinor: ArrayLike<number>;
  readonly occurredAtMs: ArrayLike<number>;
  readonly cardIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly seed: number;
  readonly replicates: number;
};

/** What every evaluation shows; null where undefined. Amounts are sums in minor units. Accuracy is left out. */
export type EvaluationReport = {
  readonly rows: number;
  readonly frauds: number;
  readonly prevalence: number | null;
  readonly amountMinor: number;
  readonly fraudAmountMinor: number;
  readonly averagePrecision: number | null;
  readonly averagePrecisionInterval: BootstrapInterval | null;
  readonly rocAuc: number | null;
  readonly rocAucInterval: BootstrapInterval | null;
  readonly recallAtFpr001: number | null;
  readonly recallAtFpr01: number | null;
  readonly cardPrecision100: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
};

const DAY_MS = 86_400_000;
const CARDS_A_DAY = 100;
const ECE_BINS = 10;

/**
 * The project's standard evaluation of one window of scored rows: ranking (AP, ROC AUC, recall at 0.1 % and 1 % FPR),
 * the Handbook's card precision at 100 over UTC days, calibration (Brier, ECE of 10 equal-width bins), and 95 %
 * percentile intervals by customer-clustered bootstrap; replicates under 2 leave the intervals out.
 * `recallAtFpr001` is at 0.1 % and `recallAtFpr01` at 1 %.
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, or a score lies outside [0, 1].
 */
export function evaluateScores(rows: ScoredRows): EvaluationReport {
  const { scores, labels, amountMinor, occurredAtMs, cardIds, customerIds, seed, replicates } = rows;
  if (amountMinor.length !== scores.length) throw new RangeError("every row needs an amount");
  checkProbabilities(scores);
  const counts = rankedCounts(scores, labels);
  const days = Float64Array.from(occurredAtMs, (time) => Math.floor(time / DAY_MS));
  const clustered = { scores, labels, customerIds };
  const [averagePrecisionInterval = null, rocAucInterval = null] =
    replicates < 2 ? [] : bootstrapIntervals(clustered, [averagePrecisionOf, rocAucOf], { seed, replicates });
  return {
    rows: scores.length,
    frauds: counts.positives,
    prevalence: scores.length === 0 ? null : counts.positives / scores.length,
    amountMinor: sumWhere(amountMinor, () => true),
    fraudAmountMinor: sumWhere(amountMinor, (row) => labels[row] === 1),
    averagePrecision: averagePrecisionOf(counts),
    averagePrecisionInterval,
    rocAuc: rocAucOf(counts),
    rocAucInterval,
    recallAtFpr001: recallAtFprOf(counts, 0.001),
    recallAtFpr01: recallAtFprOf(counts, 0.01),
    cardPrecision100: cardPrecisionAtK({ days, cardIds, labels, scores }, CARDS_A_DAY).mean,
    brier: brierScore(scores, labels),
    ece: expectedCalibrationError(equalWidthBins(scores, labels, ECE_BINS)),
  };
}

function checkProbabilities(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (!(score >= 0 && score <= 1)) throw new RangeError(`score ${i} is ${score}, not a probability`);
  }
}

function sumWhere(values: ArrayLike<number>, isCounted: (row: number) => boolean): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += isCounted(row) ? (values[row] as number) : 0;
  return sum;
}
