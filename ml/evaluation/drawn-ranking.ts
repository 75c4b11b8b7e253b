import { descendingOrder } from "#ml/math/order.ts";
import { quantileOfSorted } from "#ml/math/quantile.ts";
import type { Rng } from "#ml/math/seeded-random.ts";
import { checkRows } from "./ranked-counts.ts";
import type { Interval } from "./wilson-interval.ts";

/** Rows from the highest score down, sorted once for many draws of customers. */
export type DrawnRows = {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  /** place of the row's customer among the draws */
  readonly customer: Uint32Array;
  /** 1 on the last row of equal scores */
  readonly isLastOfTies: Uint8Array;
  /** what a row weighs beside its draws; null: 1 */
  readonly weights: Float64Array | null;
  /** weight of the frauds and of the legitimate rows of each customer */
  readonly fraudsOf: Float64Array;
  readonly legitimateOf: Float64Array;
};

/** Null where undefined on the draw. `recallAtFpr001` is at 0.1 %, `recallAtFpr01` at 1 %. */
export type DrawnMeasures = {
  readonly averagePrecision: number | null;
  readonly rocAuc: number | null;
  readonly recallAtFpr001: number | null;
  readonly recallAtFpr01: number | null;
  readonly ece: number | null;
};

const ECE_BINS = 10;

/** `customers` count from 0 to `count` - 1. O(n log n). @throws RangeError as rankedCounts */
export function rankRows(
  rows: {
    readonly scores: Float64Array;
    readonly labels: Uint8Array;
    readonly weights: Float64Array | null;
  },
  customers: { readonly of: Uint32Array; readonly count: number },
): DrawnRows {
  checkRows(rows.scores, rows.labels, rows.weights);
  const order = descendingOrder(rows.scores);
  const { weights } = rows;
  const scores = Float64Array.from(order, (row) => rows.scores[row] as number);
  const fraudsOf = new Float64Array(customers.count);
  const legitimateOf = new Float64Array(customers.count);
  for (let row = 0; row < order.length; row++) {
    const of = rows.labels[row] === 1 ? fraudsOf : legitimateOf;
    const customer = customers.of[row] as number;
    of[customer] = (of[customer] as number) + (weights === null ? 1 : (weights[row] as number));
  }
  return {
    scores,
    labels: Uint8Array.from(order, (row) => rows.labels[row] as number),
    customer: Uint32Array.from(order, (row) => customers.of[row] as number),
    isLastOfTies: Uint8Array.from(scores, (score, rank) => Number(scores[rank + 1] !== score)),
    weights: weights === null ? null : Float64Array.from(order, (row) => weights[row] as number),
    fraudsOf,
    legitimateOf,
  };
}

/**
 * Measures of the rows when each customer counts as often as it was drawn: average precision, ROC AUC and recall at a
 * false-positive rate as everywhere (equal scores enter together), and the calibration error of 10 bins of equal width.
 * One pass, O(rows).
 */
export function measureDraw(rows: DrawnRows, draws: Float64Array): DrawnMeasures {
  const { labels, customer, isLastOfTies, weights, scores } = rows;
  const [frauds, legitimate] = [drawn(rows.fraudsOf, draws), drawn(rows.legitimateOf, draws)];
  const recall = { at001: 0, at01: 0 };
  let [tp, fp, tpBefore, fpBefore, precisions, wins, gaps] = [0, 0, 0, 0, 0, 0, 0];
  let bin = ECE_BINS - 1;
  let [promised, came] = [0, 0];
  for (let rank = 0; rank < labels.length; rank++) {
    const draw = draws[customer[rank] as number] as number;
    const weight = weights === null ? draw : draw * (weights[rank] as number);
    const score = scores[rank] as number;
    const here = Math.min(ECE_BINS - 1, Math.floor(score * ECE_BINS));
    if (here !== bin) {
      gaps += Math.abs(promised - came);
      [bin, promised, came] = [here, 0, 0];
    }
    promised += weight * score;
    if (labels[rank] === 1) {
      tp += weight;
      came += weight;
    } else fp += weight;
    if (isLastOfTies[rank] === 0) continue;
    if (tp > tpBefore) precisions += ((tp - tpBefore) * tp) / (tp + fp);
    wins += (fp - fpBefore) * (tpBefore + (tp - tpBefore) / 2);
    if (fp <= 0.001 * legitimate) recall.at001 = tp;
    if (fp <= 0.01 * legitimate) recall.at01 = tp;
    [tpBefore, fpBefore] = [tp, fp];
  }
  gaps += Math.abs(promised - came);
  const both = frauds > 0 && legitimate > 0;
  return {
    averagePrecision: frauds > 0 ? precisions / frauds : null,
    rocAuc: both ? wins / (frauds * legitimate) : null,
    recallAtFpr001: both ? recall.at001 / frauds : null,
    recallAtFpr01: both ? recall.at01 / frauds : null,
    ece: frauds + legitimate > 0 ? gaps / (frauds + legitimate) : null,
  };
}

/** A sum over customers, each as often as it was drawn. */
export function drawn(sums: Float64Array, draws: Float64Array): number {
  let total = 0;
  for (let at = 0; at < sums.length; at++) total += (sums[at] as number) * (draws[at] as number);
  return total;
}

/** Draws as many customers as there are, with replacement, and writes how often each came. */
export function drawAgain(draws: Float64Array, rng: Rng): void {
  draws.fill(0);
  for (let i = 0; i < draws.length; i++) {
    const at = rng.integer(draws.length);
    draws[at] = (draws[at] as number) + 1;
  }
}

/** 95 % percentile interval; null when fewer than half of the replicates had a value. */
export function percentileInterval(values: readonly number[], replicates: number): Interval | null {
  if (values.length === 0 || values.length < replicates / 2) return null;
  const sorted = Float64Array.from(values).sort();
  return { lower: quantileOfSorted(sorted, 0.025), upper: quantileOfSorted(sorted, 0.975) };
}

/** Numbers from 0 on in place of any, in order of first appearance. */
export function numberedFrom0(ids: ArrayLike<number>): {
  readonly of: Uint32Array;
  readonly count: number;
} {
  const places = new Map<number, number>();
  const of = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    of[i] = place;
  }
  return { of, count: places.size };
}
