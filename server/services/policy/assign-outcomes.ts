import { type CostModel, expectedCosts, fraudLossMinor } from "#server/domain/cost.ts";
import { outcomes } from "#server/domain/outcome.ts";
import type { Policy } from "#server/domain/policy.ts";
import type { AnalysisRows } from "#server/services/analysis/index.ts";
import type { CostAt } from "./segment-costs.ts";

/** Outcomes as numbers, as the column `outcome` holds them: the stricter, the larger. */
export const APPROVE = outcomes.indexOf("approve");
export const REVIEW = outcomes.indexOf("review");
export const DECLINE = outcomes.indexOf("decline");

/** Codes of the column `floor`. */
const NO_FLOOR = 0;
const MUST_APPROVE = APPROVE + 1;

/** Cases of one UTC day: those that the policy asks for, and those that its analysts get to. */
export type DayOfCases = { readonly dayMs: number; readonly asked: number; readonly worked: number };

export type Assigned = {
  /** of each row, once the capacity is used up */
  readonly outcomes: Uint8Array;
  readonly days: readonly DayOfCases[];
};

/**
 * What a policy would have done with each row: the policy's outcome, raised where a rule or a list of that time raised
 * it (as served; exploration is left out). Reviews of a day beyond its capacity go to nobody: the cases with the
 * highest expected loss are worked, as the queue is ordered, and the rest is let through or declined, whichever is
 * expected to cost less; what a rule wanted reviewed, and what has no score, is never let through. O(rows log rows).
 */
export function assignOutcomes(
  rows: AnalysisRows,
  policy: Policy,
  { costAt, capacityPerDay }: { readonly costAt: CostAt; readonly capacityPerDay: number },
): Assigned {
  const assigned = wantedOutcomes(rows, policy, costAt);
  const days: DayOfCases[] = [];
  for (let from = 0; from < rows.rows; ) {
    const dayMs = rows.dayMs[from] as number;
    const reviews: number[] = [];
    let to = from;
    for (; to < rows.rows && rows.dayMs[to] === dayMs; to++) if (assigned[to] === REVIEW) reviews.push(to);
    const worked = Math.min(reviews.length, capacityPerDay);
    days.push({ dayMs, asked: reviews.length, worked });
    if (worked < reviews.length) {
      for (const row of byExpectedLoss(rows, reviews, costAt).slice(worked)) {
        assigned[row] = unworkedOutcome(rows, row, costAt);
      }
    }
    from = to;
  }
  return { outcomes: assigned, days };
}

function wantedOutcomes({ rows, columns }: AnalysisRows, policy: Policy, costAt: CostAt): Uint8Array {
  const { score, amountMinor, currency, channel, floor } = columns;
  const byThresholds = policy.mode === "thresholds";
  const wanted = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const [p, raised] = [score[i] as number, floor[i] as number];
    let outcome = REVIEW;
    if (p >= 0 && p <= 1) {
      if (byThresholds) {
        if (p < policy.reviewThreshold) outcome = APPROVE;
        else if (p >= policy.declineThreshold) outcome = DECLINE;
      } else {
        const cost = costAt(currency[i] as number, channel[i] as number);
        outcome = cheapest(p, amountMinor[i] as number, cost);
      }
      if (raised === MUST_APPROVE) outcome = APPROVE;
    }
    wanted[i] = raised === NO_FLOOR ? outcome : Math.max(outcome, raised - 1);
  }
  return wanted;
}

/** `decide` by cost without an object for each row; ties to the milder outcome. */
function cheapest(p: number, amountMinor: number, cost: CostModel): number {
  const loss = amountMinor * cost.lossRate + cost.chargebackFeeMinor;
  const approve = p * loss;
  const review = cost.reviewCostMinor + p * cost.missRate * loss + (1 - p) * cost.delayCostMinor;
  const decline = (1 - p) * (amountMinor * cost.marginRate + cost.frictionCostMinor);
  if (approve <= review && approve <= decline) return APPROVE;
  return review <= decline ? REVIEW : DECLINE;
}

/** Highest first; of equal ones the earlier decision. */
function byExpectedLoss(rows: AnalysisRows, reviews: readonly number[], costAt: CostAt): number[] {
  const losses = new Map(reviews.map((row) => [row, expectedLoss(rows, row, costAt)]));
  return [...reviews].sort((a, b) => (losses.get(b) ?? 0) - (losses.get(a) ?? 0) || a - b);
}

function expectedLoss({ columns }: AnalysisRows, row: number, costAt: CostAt): number {
  const score = columns.score[row] as number;
  const cost = costAt(columns.currency[row] as number, columns.channel[row] as number);
  return (score >= 0 ? score : 1) * fraudLossMinor(columns.amountMinor[row] as number, cost);
}

function unworkedOutcome({ columns }: AnalysisRows, row: number, costAt: CostAt): number {
  const score = columns.score[row] as number;
  if (!(score >= 0 && score <= 1) || (columns.floor[row] as number) > MUST_APPROVE) return DECLINE;
  const cost = costAt(columns.currency[row] as number, columns.channel[row] as number);
  const costs = expectedCosts(score, columns.amountMinor[row] as number, cost);
  return costs.approve <= costs.decline ? APPROVE : DECLINE;
}
