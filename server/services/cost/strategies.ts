import type { CostModel } from "#server/domain/cost.ts";
import { outcomes } from "#server/domain/outcome.ts";
import type { Rung } from "#server/services/performance/ladder.ts";
import type { ScoreGroup } from "#server/services/performance/load-groups.ts";
import { tallyOf } from "#server/services/performance/served.ts";
import { minusTally, nothing } from "#server/services/performance/tally.ts";
import type { Ledger } from "#server/services/policy/outcome-ledger.ts";
import { type Breakdown, costOf, type KnownTallies, plusBreakdown, totalMinor } from "./breakdown.ts";
import type { Action } from "./cost-curve.ts";

const strategyKeys = [
  "served",
  "policy",
  "best_review",
  "best_decline",
  "approve_all",
  "review_all",
  "decline_all",
] as const;
export type StrategyKey = (typeof strategyKeys)[number];

/** One way to treat the window's known payments, and what it costs. */
export type Strategy = Breakdown & {
  readonly key: StrategyKey;
  readonly reviewed: number;
  readonly declined: number;
  /** frauds not approved */
  readonly fraudsActedOn: number;
  readonly totalMinor: number;
  /** what it saves against approving everything; negative when it costs more */
  readonly savedMinor: number;
};

type Treatment = Record<(typeof outcomes)[number], KnownTallies>;
const nobody: KnownTallies = { fraud: nothing, legitimate: nothing };

/** The policy as it was served, the best thresholds, and the three that need no model. */
export function strategies(
  groups: readonly ScoreGroup[],
  rungs: readonly Rung[],
  best: Readonly<Record<Action, number | null>>,
  cost: CostModel,
): Strategy[] {
  const all = rungs.at(-1) ?? nobody;
  const treatments: Record<Exclude<StrategyKey, "policy">, Treatment> = {
    served: servedTreatment(groups),
    best_review: actingAbove("review", rungs, best.review),
    best_decline: actingAbove("decline", rungs, best.decline),
    approve_all: { approve: all, review: nobody, decline: nobody },
    review_all: { approve: nobody, review: all, decline: nobody },
    decline_all: { approve: nobody, review: nobody, decline: all },
  };
  const approveAllMinor = totalMinor(costOf("approve", all, cost));
  return strategyKeys
    .filter((key) => key !== "policy")
    .map((key) => strategyOf(key, treatments[key], cost, approveAllMinor));
}

/** The policy in force as it is now, on payments of before: it may have changed since they were decided. */
export function ledgerStrategy(ledger: Ledger, others: readonly Strategy[]): Strategy {
  const approveAll = others.find(({ key }) => key === "approve_all")?.totalMinor ?? 0;
  const total = ledger.lostMinor + ledger.frictionMinor + ledger.reviewMinor;
  return {
    key: "policy",
    fraudLossMinor: ledger.lostMinor,
    frictionMinor: ledger.frictionMinor,
    reviewMinor: ledger.reviewMinor,
    reviewed: ledger.fraudReviewed + ledger.legitimateReviewed,
    declined: ledger.fraudDeclined + ledger.legitimateDeclined,
    fraudsActedOn: ledger.fraudReviewed + ledger.fraudDeclined,
    totalMinor: total,
    savedMinor: approveAll - total,
  };
}

function strategyOf(
  key: StrategyKey,
  treatment: Treatment,
  cost: CostModel,
  approveAllMinor: number,
): Strategy {
  const breakdown = outcomes
    .map((outcome) => costOf(outcome, treatment[outcome], cost))
    .reduce(plusBreakdown);
  const total = totalMinor(breakdown);
  const { review, decline } = treatment;
  return {
    key,
    ...breakdown,
    reviewed: review.fraud.rows + review.legitimate.rows,
    declined: decline.fraud.rows + decline.legitimate.rows,
    fraudsActedOn: review.fraud.rows + decline.fraud.rows,
    totalMinor: total,
    savedMinor: approveAllMinor - total,
  };
}

function servedTreatment(groups: readonly ScoreGroup[]): Treatment {
  const of = (outcome: (typeof outcomes)[number]): KnownTallies => ({
    fraud: tallyOf(groups, (group) => group.class === "fraud" && group.outcome === outcome),
    legitimate: tallyOf(groups, (group) => group.class === "legitimate" && group.outcome === outcome),
  });
  return { approve: of("approve"), review: of("review"), decline: of("decline") };
}

function actingAbove(action: Action, rungs: readonly Rung[], threshold: number | null): Treatment {
  const all = rungs.at(-1) ?? nobody;
  const acted = rungs.find((rung) => rung.threshold !== null && rung.threshold === threshold) ?? nobody;
  const approve = {
    fraud: minusTally(all.fraud, acted.fraud),
    legitimate: minusTally(all.legitimate, acted.legitimate),
  };
  return { approve, review: nobody, decline: nobody, [action]: acted };
}
