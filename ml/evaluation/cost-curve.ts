import { descendingOrder } from "#ml/math/order.ts";
import { checkRows } from "./ranked-counts.ts";

/** Costs in minor units; rates are shares of the amount. */
export type CostParameters = {
  readonly reviewCost: number;
  readonly frictionRate: number;
  readonly fnFixed: number;
  readonly fnRate: number;
  readonly unrecoveredRate: number;
};

/** Total cost when everything at or above the threshold is alerted; a null threshold alerts nothing. */
export type CostPoint = { readonly threshold: number | null; readonly alerts: number; readonly cost: number };

export type CostCurve = {
  readonly curve: readonly CostPoint[];
  readonly optimalThreshold: number | null;
  readonly optimalCost: number;
  readonly costAlertNone: number;
  readonly costAlertAll: number;
  readonly savings: number | null;
};

export type CostRows = {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly amountMinor: ArrayLike<number>;
};

const TIE_MINOR = 1e-9;

/**
 * Cost against threshold. An alerted fraud costs reviewCost + unrecoveredRate x amount, an alerted legitimate row
 * reviewCost + frictionRate x amount, a missed fraud fnFixed + fnRate x amount, a passed legitimate row nothing.
 * Candidates: alert nothing, then every distinct score, highest first; the optimum is the first within 1e-9 of the
 * least cost, so ties go to the fewest alerts. Savings are against the better of alerting nothing and everything; null
 * when that costs nothing. O(n log n) with compensated sums.
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, or a score is NaN.
 */
export function costCurve({ scores, labels, amountMinor }: CostRows, parameters: CostParameters): CostCurve {
  checkRows(scores, labels, amountMinor);
  const order = descendingOrder(scores);
  const missed = compensatedSum();
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) missed.add(missedCost(amountMinor[row] as number, parameters));
  }
  const alerted = compensatedSum();
  const costAlertNone = missed.total();
  const curve: CostPoint[] = [{ threshold: null, alerts: 0, cost: costAlertNone }];
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank] as number;
    const amount = amountMinor[row] as number;
    const isFraud = labels[row] === 1;
    alerted.add(isFraud ? caughtCost(amount, parameters) : falseAlertCost(amount, parameters));
    if (isFraud) missed.add(-missedCost(amount, parameters));
    const threshold = scores[row] as number;
    if (rank + 1 < order.length && scores[order[rank + 1] as number] === threshold) continue;
    curve.push({ threshold, alerts: rank + 1, cost: alerted.total() + missed.total() });
  }
  const least = curve.reduce((min, point) => Math.min(min, point.cost), Number.POSITIVE_INFINITY);
  const optimal = curve.find((point) => point.cost <= least + TIE_MINOR);
  const costAlertAll = curve.at(-1)?.cost ?? 0;
  const optimalCost = optimal?.cost ?? least;
  const baseline = Math.min(costAlertNone, costAlertAll);
  return {
    curve,
    optimalThreshold: optimal?.threshold ?? null,
    optimalCost,
    costAlertNone,
    costAlertAll,
    savings: baseline === 0 ? null : 1 - optimalCost / baseline,
  };
}

export const caughtCost = (amount: number, p: CostParameters): number =>
  p.reviewCost + p.unrecoveredRate * amount;
export const falseAlertCost = (amount: number, p: CostParameters): number =>
  p.reviewCost + p.frictionRate * amount;
export const missedCost = (amount: number, p: CostParameters): number => p.fnFixed + p.fnRate * amount;

/** Neumaier's sum: exact ties between thresholds must not be decided by rounding. */
function compensatedSum(): { add: (value: number) => void; total: () => number } {
  let sum = 0;
  let lost = 0;
  return {
    add(value) {
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    total: () => sum + lost,
  };
}
