import type { CostModel } from "#server/domain/cost.ts";
import type { Rung } from "#server/services/performance/ladder.ts";
import { minusTally, nothing } from "#server/services/performance/tally.ts";
import { costOf, plusBreakdown, totalMinor } from "./breakdown.ts";

/** What is done at or above the threshold; everything under it is approved. */
const actions = ["review", "decline"] as const;
export type Action = (typeof actions)[number];

/** Total cost of each action at one threshold. A null threshold acts on nothing. */
export type CostPoint = {
  readonly threshold: number | null;
  readonly alerts: number;
  readonly reviewMinor: number;
  readonly declineMinor: number;
};

export type Optimum = {
  readonly threshold: number | null;
  readonly alerts: number;
  readonly costMinor: number;
  /** thresholds around it that cost at most 2 % more; null when acting on nothing is best */
  readonly flat: { readonly from: number; readonly to: number } | null;
};

const FLAT_SHARE = 0.02;
const TIE_MINOR = 1e-6;

/** Cost at every threshold of the ladder, acting on nothing first. O(rungs). */
export function costPoints(rungs: readonly Rung[], cost: CostModel): CostPoint[] {
  const all = rungs.at(-1) ?? { fraud: nothing, legitimate: nothing };
  const exact = rungs.filter((rung) => rung.threshold !== null);
  return [{ threshold: null, fraud: nothing, legitimate: nothing }, ...exact].map((rung) => {
    const below = {
      fraud: minusTally(all.fraud, rung.fraud),
      legitimate: minusTally(all.legitimate, rung.legitimate),
    };
    const approved = costOf("approve", below, cost);
    return {
      threshold: rung.threshold,
      alerts: rung.fraud.rows + rung.legitimate.rows,
      reviewMinor: totalMinor(plusBreakdown(approved, costOf("review", rung, cost))),
      declineMinor: totalMinor(plusBreakdown(approved, costOf("decline", rung, cost))),
    };
  });
}

/**
 * The least cost of an action; of equals the one with the fewest alerts. Exact although the ladder joins legitimate
 * rows between fraud scores: acting on one more legitimate row never lowers the cost.
 */
export function optimumOf(points: readonly CostPoint[], action: Action): Optimum {
  const costAt = (point: CostPoint): number => (action === "review" ? point.reviewMinor : point.declineMinor);
  const least = points.reduce((min, point) => Math.min(min, costAt(point)), Number.POSITIVE_INFINITY);
  const at = points.findIndex((point) => costAt(point) <= least + TIE_MINOR);
  const best = points[at];
  if (best === undefined) return { threshold: null, alerts: 0, costMinor: 0, flat: null };
  const isFlat = (point: CostPoint | undefined): boolean =>
    point !== undefined && point.threshold !== null && costAt(point) <= least * (1 + FLAT_SHARE);
  let [high, low] = [at, at];
  while (isFlat(points[high - 1])) high--;
  while (isFlat(points[low + 1])) low++;
  const [to, from] = [points[high]?.threshold ?? null, points[low]?.threshold ?? null];
  return {
    threshold: best.threshold,
    alerts: best.alerts,
    costMinor: costAt(best),
    flat: best.threshold === null || from === null || to === null ? null : { from, to },
  };
}

/** At most `most` points and a few to keep, at near-equal steps of log-odds, so that both ends stay readable. */
export function thinnedCosts(
  points: readonly CostPoint[],
  most: number,
  keep: ReadonlySet<number | null>,
): CostPoint[] {
  if (points.length <= most) return [...points];
  let lastStep = Number.NaN;
  return points.filter((point) => {
    const step = point.threshold === null ? Number.POSITIVE_INFINITY : stepOf(point.threshold, most);
    const isNext = step !== lastStep;
    if (isNext) lastStep = step;
    return isNext || keep.has(point.threshold);
  });
}

const REACH = 10;

function stepOf(threshold: number, steps: number): number {
  const logOdds = Math.max(-REACH, Math.min(REACH, Math.log(threshold / (1 - threshold))));
  return Math.floor(((logOdds + REACH) / (2 * REACH)) * (steps - 2));
}
