import type { CostModel } from "#server/domain/cost.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import type { Tally } from "#server/services/performance/tally.ts";

/** What known payments cost, in minor units: lost to fraud, lost on good customers, spent on reviewing. */
export type Breakdown = {
  readonly fraudLossMinor: number;
  readonly frictionMinor: number;
  readonly reviewMinor: number;
};

export type KnownTallies = { readonly fraud: Tally; readonly legitimate: Tally };

/**
 * Cost of giving one outcome to frauds and legitimate payments whose truth is known, by the policy's figures. Every
 * figure is linear in the amount, so sums of rows and money are enough. Approve: each fraud costs amount x lossRate +
 * chargeback fee. Decline: each legitimate costs amount x marginRate + friction. Review: each costs a review, a fraud
 * missRate of its loss, a legitimate the delay.
 */
export function costOf(outcome: Outcome, { fraud, legitimate }: KnownTallies, cost: CostModel): Breakdown {
  const fraudLossMinor = fraud.amountMinor * cost.lossRate + fraud.rows * cost.chargebackFeeMinor;
  switch (outcome) {
    case "approve":
      return { fraudLossMinor, frictionMinor: 0, reviewMinor: 0 };
    case "decline":
      return {
        fraudLossMinor: 0,
        frictionMinor: legitimate.amountMinor * cost.marginRate + legitimate.rows * cost.frictionCostMinor,
        reviewMinor: 0,
      };
    case "review":
      return {
        fraudLossMinor: fraudLossMinor * cost.missRate,
        frictionMinor: legitimate.rows * cost.delayCostMinor,
        reviewMinor: (fraud.rows + legitimate.rows) * cost.reviewCostMinor,
      };
  }
}

export function plusBreakdown(a: Breakdown, b: Breakdown): Breakdown {
  return {
    fraudLossMinor: a.fraudLossMinor + b.fraudLossMinor,
    frictionMinor: a.frictionMinor + b.frictionMinor,
    reviewMinor: a.reviewMinor + b.reviewMinor,
  };
}

export function totalMinor({ fraudLossMinor, frictionMinor, reviewMinor }: Breakdown): number {
  return fraudLossMinor + frictionMinor + reviewMinor;
}
