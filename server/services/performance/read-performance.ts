import { averagePrecisionOf, rocAucOf } from "#ml/evaluation/ranking.ts";
import { recallAtFprOf } from "#ml/evaluation/recall-at-fpr.ts";
import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy, policyFor } from "#server/domain/policy.ts";
import { readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ladderOf, type Rung, rankedCountsOf } from "./ladder.ts";
import { loadGroups } from "./load-groups.ts";
import { currenciesOf } from "./main-currency.ts";
import { type OperatingPoint, operatingPoints } from "./operating-points.ts";
import { type ResolvedWindow, resolveWindow } from "./resolve-window.ts";
import { type HistogramBin, histogramEdges, scoreHistogram } from "./score-histogram.ts";
import { type RowCounts, rowCounts, type ServedCounts, servedCounts } from "./served.ts";
import { type MeanCosts, meanCosts, type ThresholdLoad, thresholdLoads } from "./threshold-costs.ts";
import { type WindowView, windowView } from "./window-view.ts";

/** Ranking measures of the known rows; all null under the floor of labelled frauds. */
export type RankingView = {
  readonly averagePrecision: number | null;
  readonly rocAuc: number | null;
  readonly recallAtFpr001: number | null;
  readonly recallAtFpr01: number | null;
};

export type PerformanceView =
  | { readonly status: "nothing_scored" }
  | {
      readonly status: "read";
      readonly window: WindowView;
      readonly counts: RowCounts;
      readonly floor: { readonly needed: number; readonly met: boolean };
      /** currency of the money, the window's most frequent; the others it holds */
      readonly currency: string;
      readonly otherCurrencies: readonly string[];
      readonly fraudMinor: number;
      readonly legitimateMinor: number;
      readonly ranking: RankingView;
      readonly points: readonly (OperatingPoint & ThresholdLoad)[];
      readonly histogram: readonly HistogramBin[];
      readonly served: ServedCounts;
      /** where the handle starts: the policy's threshold, or the one with as many alerts as the policy raised */
      readonly startThreshold: number | null;
      /** what the active policy's figures make of it; the starting ones before any policy was active */
      readonly cost: MeanCosts & { readonly policyNumber: number | null };
      /** cases that the active policy's analysts work in a day */
      readonly capacityPerDay: number;
      /** days of the window that hold a payment */
      readonly days: number;
    };

/**
 * How well scores ranked the window's payments whose truth is known, at every threshold.
 * @throws ServiceError "forbidden"; "invalid" for a window that is none; "not_found" for an unknown version
 */
export async function readPerformance(ctx: ServiceContext, asked: AnalysisWindow): Promise<PerformanceView> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return { status: "nothing_scored" };
  const keep = shownThresholds(window);
  const groups = await loadGroups(ctx.db, window, keep);
  const [currency = "EUR", ...otherCurrencies] = currenciesOf(groups);
  const rungs = ladderOf(groups, null);
  const money = ladderOf(groups, currency);
  const counts = rowCounts(groups);
  const met = counts.fraud >= MIN_LABELLED_FRAUDS;
  const served = servedCounts(groups);
  const points = operatingPoints(rungs, money, keep);
  const policy = window.policy?.policy ?? defaultPolicy;
  const { cost } = policyFor(policy, { currency });
  const loadAt = thresholdLoads(groups, money, cost);
  return {
    status: "read",
    window: windowView(window),
    counts,
    floor: { needed: MIN_LABELLED_FRAUDS, met },
    currency,
    otherCurrencies,
    fraudMinor: money.at(-1)?.fraud.amountMinor ?? 0,
    legitimateMinor: money.at(-1)?.legitimate.amountMinor ?? 0,
    ranking: rankingOf(rungs, met),
    points: points.map((point) => ({ ...point, ...loadAt(point.threshold) })),
    histogram: scoreHistogram(groups),
    served,
    startThreshold: startOf(window, points, served),
    cost: { ...meanCosts(money, cost), policyNumber: window.policy?.number ?? null },
    capacityPerDay: policy.reviewCapacityPerDay,
    days: new Set((await readRows(ctx.db, window)).dayMs).size,
  };
}

function rankingOf(rungs: readonly Rung[], met: boolean): RankingView {
  if (!met) return { averagePrecision: null, rocAuc: null, recallAtFpr001: null, recallAtFpr01: null };
  const counts = rankedCountsOf(rungs);
  return {
    averagePrecision: averagePrecisionOf(counts),
    rocAuc: rocAucOf(counts),
    recallAtFpr001: recallAtFprOf(counts, 0.001),
    recallAtFpr01: recallAtFprOf(counts, 0.01),
  };
}

/** Thresholds that every view of the window's curve must hold exactly. */
export function shownThresholds(window: ResolvedWindow): number[] {
  return [...histogramEdges, ...policyThresholds(window)];
}

function policyThresholds({ policy }: ResolvedWindow): number[] {
  return policy?.policy.mode === "thresholds"
    ? [policy.policy.reviewThreshold, policy.policy.declineThreshold]
    : [];
}

/** A policy of costs has no one threshold: the nearest thing is the threshold that raises as many alerts. */
function startOf(
  window: ResolvedWindow,
  points: readonly OperatingPoint[],
  served: ServedCounts,
): number | null {
  const wanted = policyThresholds(window)[0];
  const distance = (point: OperatingPoint): number =>
    wanted === undefined
      ? Math.abs(point.tp + point.fp - served.tp - served.fp)
      : Math.abs(point.threshold - wanted);
  const nearest = points.reduce<OperatingPoint | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  );
  return nearest?.threshold ?? null;
}
