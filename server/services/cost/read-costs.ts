import type { CostModel } from "#server/domain/cost.ts";
import type { Policy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ladderOf } from "#server/services/performance/ladder.ts";
import { loadGroups } from "#server/services/performance/load-groups.ts";
import { histogramEdges } from "#server/services/performance/score-histogram.ts";
import type { RowCounts } from "#server/services/performance/served.ts";
import { type WindowView, windowView } from "#server/services/performance/window-view.ts";
import { outcomeLedger } from "#server/services/policy/outcome-ledger.ts";
import {
  type Action,
  type CostPoint,
  costPoints,
  type Optimum,
  optimumOf,
  thinnedCosts,
} from "./cost-curve.ts";
import { type CostWindow, costWindow, outcomesInForce, type ReadCostsInput } from "./cost-window.ts";
import { fraudsOf } from "./frauds-of.ts";
import { optimumInterval, type ThresholdInterval } from "./optimum-interval.ts";
import { ledgerStrategy, type Strategy, strategies } from "./strategies.ts";

export type CostsView =
  | { readonly status: "nothing_scored" }
  | {
      readonly status: "read";
      readonly window: WindowView;
      readonly currency: string;
      readonly currencies: readonly string[];
      /** payments of the window in other currencies; their money is not in any figure here */
      readonly rowsOfOthers: number;
      /** null when no policy was ever activated; the figures are then the starting ones */
      readonly policyNumber: number | null;
      readonly mode: Policy["mode"];
      readonly reviewThreshold: number;
      readonly declineThreshold: number;
      readonly cost: CostModel;
      /** whether some channels have figures of their own, which this view does not go by */
      readonly channelsApart: boolean;
      /** of this currency */
      readonly counts: RowCounts;
      readonly floor: { readonly needed: number; readonly met: boolean };
      readonly curve: readonly CostPoint[];
      readonly optimum: { readonly review: Optimum; readonly decline: Optimum };
      /** 95 % interval of each optimum; null under the floor */
      readonly interval: Readonly<Record<Action, ThresholdInterval | null>>;
      readonly strategies: readonly Strategy[];
    };

const CURVE_POINTS = 120;
const REPLICATES = 200;

/**
 * What the window's payments whose truth is known would have cost at every threshold, by the active policy's figures
 * read as minor units of the currency. Same refusals as costWindow.
 */
export async function readCosts(ctx: ServiceContext, asked: ReadCostsInput): Promise<CostsView> {
  const of = await costWindow(ctx, asked);
  if (of === null) return { status: "nothing_scored" };
  const { window, policy, currency, cost, counts, floor, input } = of;
  const { groups, rungs, curve, optimum } = await drawnCurve(ctx, of);
  const best = { review: optimum.review.threshold, decline: optimum.decline.threshold };
  const frauds = floor.met ? fraudsOf(input) : [];
  const intervalOf = (action: Action): ThresholdInterval | null =>
    optimumInterval(frauds, rungs, { action, cost, seed: 1, replicates: REPLICATES });
  const known = strategies(groups, rungs, best, cost);
  return {
    status: "read",
    window: windowView(window),
    currency,
    currencies: of.currencies,
    rowsOfOthers: input.rows.rows - counts.rows,
    policyNumber: window.policy?.number ?? null,
    mode: policy.mode,
    reviewThreshold: policy.reviewThreshold,
    declineThreshold: policy.declineThreshold,
    cost,
    channelsApart: policy.segments.some(({ channel }) => channel !== null),
    counts,
    floor,
    curve,
    optimum,
    interval: { review: intervalOf("review"), decline: intervalOf("decline") },
    strategies: [...known, ledgerStrategy(outcomeLedger(input, outcomesInForce(of), null), known)],
  };
}

/** The curve of a window, thinned to what a chart can show, with its optima. */
export async function drawnCurve(ctx: ServiceContext, { window, policy, currency, cost }: CostWindow) {
  const { reviewThreshold, declineThreshold } = policy;
  const grid = [...histogramEdges, reviewThreshold, declineThreshold];
  const groups = (await loadGroups(ctx.db, window, grid)).filter((group) => group.currency === currency);
  const rungs = ladderOf(groups, currency);
  const points = costPoints(rungs, cost);
  const optimum = { review: optimumOf(points, "review"), decline: optimumOf(points, "decline") };
  const keep = new Set([
    optimum.review.threshold,
    optimum.decline.threshold,
    reviewThreshold,
    declineThreshold,
  ]);
  return { groups, rungs, optimum, curve: thinnedCosts(points, CURVE_POINTS, keep) };
}
