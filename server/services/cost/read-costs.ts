import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import type { CostModel } from "#server/domain/cost.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ladderOf } from "#server/services/performance/ladder.ts";
import { loadGroups } from "#server/services/performance/load-groups.ts";
import { currenciesOf } from "#server/services/performance/main-currency.ts";
import { resolveWindow } from "#server/services/performance/resolve-window.ts";
import { histogramEdges } from "#server/services/performance/score-histogram.ts";
import { type RowCounts, rowCounts } from "#server/services/performance/served.ts";
import { type WindowView, windowView } from "#server/services/performance/window-view.ts";
import {
  type Action,
  type CostPoint,
  costPoints,
  type Optimum,
  optimumOf,
  thinnedCosts,
} from "./cost-curve.ts";
import { loadFrauds } from "./load-frauds.ts";
import { optimumInterval, type ThresholdInterval } from "./optimum-interval.ts";
import { type Strategy, strategies } from "./strategies.ts";

/** `currency` null: the window's most frequent one. Money of different currencies is never added. */
export type ReadCostsInput = AnalysisWindow & { readonly currency: string | null };

export type CostsView =
  | { readonly status: "nothing_scored" }
  | {
      readonly status: "read";
      readonly window: WindowView;
      readonly currency: string;
      readonly currencies: readonly string[];
      /** null when no policy was ever activated; the figures are then the starting ones */
      readonly policyNumber: number | null;
      readonly mode: Policy["mode"];
      readonly reviewThreshold: number;
      readonly declineThreshold: number;
      readonly cost: CostModel;
      /** of this currency */
      readonly counts: RowCounts;
      readonly floor: { readonly needed: number; readonly met: boolean };
      readonly curve: readonly CostPoint[];
      readonly optimum: { readonly review: Optimum; readonly decline: Optimum };
      /** 95 % interval of each optimum; null under the floor */
      readonly interval: Readonly<Record<Action, ThresholdInterval | null>>;
      readonly strategies: readonly Strategy[];
    };

const CURVE_POINTS = 240;
const REPLICATES = 200;

/**
 * What the window's payments whose truth is known would have cost at every threshold, by the active policy's figures
 * read as minor units of the currency.
 * @throws ServiceError "forbidden"; "invalid" for a window that is none; "not_found" for an unknown version
 */
export async function readCosts(ctx: ServiceContext, asked: ReadCostsInput): Promise<CostsView> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return { status: "nothing_scored" };
  const policy = window.policy?.policy ?? defaultPolicy;
  const { reviewThreshold, declineThreshold, cost, mode } = policy;
  const groups = await loadGroups(ctx.db, window, [...histogramEdges, reviewThreshold, declineThreshold]);
  const currencies = currenciesOf(groups);
  const currency = asked.currency ?? currencies[0] ?? "EUR";
  const ofCurrency = groups.filter((group) => group.currency === currency);
  const rungs = ladderOf(ofCurrency, currency);
  const points = costPoints(rungs, cost);
  const optimum = { review: optimumOf(points, "review"), decline: optimumOf(points, "decline") };
  const best = { review: optimum.review.threshold, decline: optimum.decline.threshold };
  const keep = new Set([best.review, best.decline, reviewThreshold, declineThreshold]);
  const counts = rowCounts(ofCurrency);
  const met = counts.fraud >= MIN_LABELLED_FRAUDS;
  const frauds = met ? await loadFrauds(ctx.db, window, currency) : [];
  const intervalOf = (action: Action): ThresholdInterval | null =>
    optimumInterval(frauds, rungs, { action, cost, seed: 1, replicates: REPLICATES });
  return {
    status: "read",
    window: windowView(window),
    currency,
    currencies,
    policyNumber: window.policy?.number ?? null,
    mode,
    reviewThreshold,
    declineThreshold,
    cost,
    counts,
    floor: { needed: MIN_LABELLED_FRAUDS, met },
    curve: thinnedCosts(points, CURVE_POINTS, keep),
    optimum,
    interval: { review: intervalOf("review"), decline: intervalOf("decline") },
    strategies: strategies(ofCurrency, rungs, best, cost),
  };
}
