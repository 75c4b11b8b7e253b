import type { TrainingRows } from "../model.ts";
import { sigmoid } from "./sigmoid.ts";
import { watchedPrecision } from "./watched-precision.ts";

/** Rounds on either side over which the average precision is averaged: a single round's is mostly luck. */
const HALF_WINDOW = 10;
/** Rounds within this many standard errors of the best average precision are equals. */
const EQUAL_ERRORS = 0.5;
/** Improvements of less are rounding. */
const LEAST_CHANGE = 1e-9;

type Watched = Pick<TrainingRows, "rows" | "labels" | "weights">;

/** How a fit does on its validation rows, round by round. */
export type RoundWatch = {
  /** Takes the margins after another round. Returns the average precision; null without a fraud to rank. */
  add(margins: Float64Array): number | null;
  /** Rounds since the average precision (over the last rounds) or the log loss was at its best. */
  idleRounds(): number;
  /** See `roundValues`. */
  values(): number[];
};

/** Watches average precision and log loss on some rows. */
export function watchRounds(validation: Watched): RoundWatch {
  const precision = watchedPrecision(validation);
  const loss = shiftedLogLoss(validation);
  const frauds = validation.labels.subarray(0, validation.rows).reduce((sum, label) => sum + label, 0);
  const aps: number[] = [];
  const losses: number[] = [];
  const best = { ap: Number.NEGATIVE_INFINITY, loss: Number.POSITIVE_INFINITY, round: 0 };
  return {
    add(margins) {
      const ap = precision(margins);
      if (ap === null) return null;
      aps.push(ap);
      losses.push(loss(margins));
      const recent = aps.slice(-2 * HALF_WINDOW - 1);
      const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
      const last = losses.at(-1) ?? Number.NaN;
      if (mean > best.ap + LEAST_CHANGE || last < best.loss - LEAST_CHANGE) best.round = aps.length;
      best.ap = Math.max(best.ap, mean);
      best.loss = Math.min(best.loss, last);
      return ap;
    },
    idleRounds: () => aps.length - best.round,
    values: () => roundValues(aps, losses, frauds),
  };
}

/**
 * What each round is worth: the average precision, averaged over 21 rounds around it. Rounds within half a standard
 * error of the best, sqrt(AP (1 - AP) / frauds) / 2, are equals by that measure: among them, and only there, a lower log
 * loss lifts the value. So the largest value is the round to stop at, and values of several folds may be averaged.
 * Empty without rounds.
 */
export function roundValues(aps: readonly number[], losses: readonly number[], frauds: number): number[] {
  const smooth = aps.map((_, round) => {
    const around = aps.slice(Math.max(0, round - HALF_WINDOW), round + HALF_WINDOW + 1);
    return around.reduce((sum, ap) => sum + ap, 0) / around.length;
  });
  const best = Math.max(...smooth);
  const band = EQUAL_ERRORS * Math.sqrt((best * (1 - best)) / Math.max(1, frauds));
  const worst = Math.max(...losses);
  const range = worst - Math.min(...losses);
  return smooth.map((ap, round) => {
    if (ap < best - band) return ap;
    const share = range > 0 ? (worst - (losses[round] ?? worst)) / range : 0;
    return best - band + band * share;
  });
}

/** The round with the largest value, counted from 1, the earliest of equals; 0 without rounds. */
export function bestRound(values: readonly number[]): number {
  return values.indexOf(Math.max(...values)) + 1;
}

/**
 * Mean log loss of the same rows over and over, under the constant that fits the margins best: a margin that class
 * weights, sampling or the focal loss have shifted is judged as calibration will leave it. A Newton step on the constant
 * is made with each round, and what the next one would save, g^2 / 2h, is taken off at once.
 */
function shiftedLogLoss({ rows, labels, weights }: Watched): (margins: Float64Array) => number {
  let shift = 0;
  return (margins) => {
    let [loss, gradient, hessian, total] = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const weight = weights === null ? 1 : (weights[row] as number);
      const z = (margins[row] as number) + shift;
      const p = sigmoid(z);
      loss -= weight * Math.log(labels[row] === 1 ? p : sigmoid(-z));
      gradient += weight * (p - (labels[row] as number));
      hessian += weight * p * (1 - p);
      total += weight;
    }
    const step = hessian > 0 ? Math.max(-1, Math.min(1, -gradient / hessian)) : 0;
    shift += step;
    return (loss + (step * gradient) / 2) / total;
  };
}
