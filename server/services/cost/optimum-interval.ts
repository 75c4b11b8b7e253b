import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { type CostModel, fraudLossMinor } from "#server/domain/cost.ts";
import type { Rung } from "#server/services/performance/ladder.ts";
import { nothing } from "#server/services/performance/tally.ts";
import { costOf, totalMinor } from "./breakdown.ts";
import type { Action } from "./cost-curve.ts";

export type FraudRow = { readonly score: number; readonly amountMinor: number; readonly customer: number };
export type ThresholdInterval = {
  readonly lower: number;
  readonly upper: number;
  readonly replicates: number;
};

const LEVELS = [0.025, 0.975] as const;

/**
 * 95 % percentile interval of the cheapest threshold of an action: customers who were defrauded are drawn anew with
 * replacement, all their frauds together; legitimate payments, some hundred times as many, are taken as they are. A
 * replicate in which acting on nothing is cheapest counts as threshold 1. Null with fewer than 2 such customers.
 * O(replicates x frauds), deterministic in the seed.
 */
export function optimumInterval(
  frauds: readonly FraudRow[],
  rungs: readonly Rung[],
  options: {
    readonly action: Action;
    readonly cost: CostModel;
    readonly seed: number;
    readonly replicates: number;
  },
): ThresholdInterval | null {
  const customers = [...new Set(frauds.map((fraud) => fraud.customer))];
  if (customers.length < 2) return null;
  const ranked = [...frauds].sort((a, b) => b.score - a.score);
  const numbers = new Map(customers.map((customer, at) => [customer, at]));
  const problem: Problem = {
    scores: ranked.map((fraud) => fraud.score),
    customerOf: ranked.map((fraud) => numbers.get(fraud.customer) ?? 0),
    gains: ranked.map((fraud) => gainOf(fraud, options.action, options.cost)),
    legitimateCosts: legitimateCostsAt(
      ranked.map((fraud) => fraud.score),
      rungs,
      options,
    ),
  };
  const rng = createRng(`optimum:${options.seed}`);
  const found = Array.from({ length: options.replicates }, () =>
    cheapestThreshold(problem, drawn(customers.length, rng)),
  );
  const sorted = Float64Array.from(found).sort();
  const [lower, upper] = LEVELS.map((level) => quantileOfSorted(sorted, level));
  if (lower === undefined || upper === undefined) return null;
  return { lower, upper, replicates: options.replicates };
}

/** One entry per fraud, highest score first. */
type Problem = {
  readonly scores: readonly number[];
  readonly customerOf: readonly number[];
  /** what acting on this fraud saves against letting it through */
  readonly gains: readonly number[];
  /** what acting on all legitimate payments at or above this score costs */
  readonly legitimateCosts: readonly number[];
};

function cheapestThreshold(
  { scores, customerOf, gains, legitimateCosts }: Problem,
  draws: Uint32Array,
): number {
  let [gained, most, threshold] = [0, 0, 1];
  for (let at = 0; at < scores.length; at++) {
    gained += (draws[customerOf[at] ?? 0] ?? 0) * (gains[at] ?? 0);
    const isTied = at + 1 < scores.length && scores[at + 1] === scores[at];
    const net = gained - (legitimateCosts[at] ?? 0);
    if (isTied || net <= most) continue;
    [most, threshold] = [net, scores[at] ?? 1];
  }
  return threshold;
}

function gainOf({ amountMinor }: FraudRow, action: Action, cost: CostModel): number {
  const acted = costOf(action, { fraud: { rows: 1, amountMinor }, legitimate: nothing }, cost);
  return fraudLossMinor(amountMinor, cost) - totalMinor(acted);
}

/** `scores` fall; so do the rungs' thresholds, and every score of a fraud is one of them. */
function legitimateCostsAt(
  scores: readonly number[],
  rungs: readonly Rung[],
  { action, cost }: { readonly action: Action; readonly cost: CostModel },
): number[] {
  const exact = rungs.filter((rung) => rung.threshold !== null);
  let at = 0;
  return scores.map((score) => {
    while (at + 1 < exact.length && (exact[at]?.threshold ?? 0) > score) at++;
    const legitimate = exact[at]?.legitimate ?? nothing;
    return totalMinor(costOf(action, { fraud: nothing, legitimate }, cost));
  });
}

function drawn(customers: number, rng: Rng): Uint32Array {
  const draws = new Uint32Array(customers);
  for (let i = 0; i < customers; i++) {
    const customer = rng.integer(customers);
    draws[customer] = (draws[customer] ?? 0) + 1;
  }
  return draws;
}
