import { type CostModel, fraudLossMinor } from "#server/domain/cost.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import type { AnalysisRows } from "#server/services/analysis/index.ts";
import { APPROVE, DECLINE, REVIEW } from "./assign-outcomes.ts";
import type { CostAt } from "./segment-costs.ts";

/** What the rows of one currency come to under assigned outcomes. Money in minor units. */
export type Ledger = {
  /** all rows, known or not */
  readonly approved: number;
  readonly reviewed: number;
  readonly declined: number;
  /** of known rows */
  readonly fraudApproved: number;
  readonly fraudReviewed: number;
  readonly fraudDeclined: number;
  readonly legitimateReviewed: number;
  readonly legitimateDeclined: number;
  readonly lostMinor: number;
  readonly frictionMinor: number;
  readonly reviewMinor: number;
};

export type LedgerInput = {
  readonly rows: AnalysisRows;
  readonly classes: Uint8Array;
  /** code of the currency whose money is counted */
  readonly currency: number;
  readonly costAt: CostAt;
};

/** Per customer, as many sums as `measures`; a ledger fills three of them from `offset` on: lost, friction, review. */
export type CustomerSums = {
  readonly sums: Float64Array;
  readonly measures: number;
  readonly offset: number;
};

/**
 * Adds up what assigned outcomes cost where the truth is known: an approved fraud its loss; a declined legitimate
 * payment margin and friction; a review its cost, a missed share of the loss for a fraud and the delay for a legitimate
 * payment. Writes each customer's part into `into`. O(rows).
 */
export function outcomeLedger(input: LedgerInput, assigned: Uint8Array, into: CustomerSums | null): Ledger {
  const { rows, classes, currency, costAt } = input;
  const { columns } = rows;
  const counts = new Float64Array(9); // outcome x (any, fraud, legitimate)
  let [lost, friction, review] = [0, 0, 0];
  for (let i = 0; i < rows.rows; i++) {
    if (columns.currency[i] !== currency) continue;
    const outcome = assigned[i] as number;
    counts[outcome * 3] = (counts[outcome * 3] as number) + 1;
    const known = classes[i] as number;
    if (known !== rowClass.fraud && known !== rowClass.legitimate) continue;
    const cell = outcome * 3 + known;
    counts[cell] = (counts[cell] as number) + 1;
    const isFraud = known === rowClass.fraud;
    if (outcome === APPROVE && !isFraud) continue;
    const cost = costAt(currency, columns.channel[i] as number);
    const amount = columns.amountMinor[i] as number;
    const parts = partsOf(outcome, isFraud, fraudOrRefused(isFraud, amount, cost), cost);
    lost += parts.lost;
    friction += parts.friction;
    review += parts.review;
    if (into !== null) addTo(into, columns.customer[i] as number, parts);
  }
  const at = (outcome: number, kind: number): number => counts[outcome * 3 + kind] as number;
  return {
    approved: at(APPROVE, 0),
    reviewed: at(REVIEW, 0),
    declined: at(DECLINE, 0),
    fraudApproved: at(APPROVE, rowClass.fraud),
    fraudReviewed: at(REVIEW, rowClass.fraud),
    fraudDeclined: at(DECLINE, rowClass.fraud),
    legitimateReviewed: at(REVIEW, rowClass.legitimate),
    legitimateDeclined: at(DECLINE, rowClass.legitimate),
    lostMinor: lost,
    frictionMinor: friction,
    reviewMinor: review,
  };
}

type Parts = { readonly lost: number; readonly friction: number; readonly review: number };

/** What a fraud costs when it goes through, or a legitimate payment when it is refused. */
function fraudOrRefused(isFraud: boolean, amountMinor: number, cost: CostModel): number {
  return isFraud ? fraudLossMinor(amountMinor, cost) : amountMinor * cost.marginRate + cost.frictionCostMinor;
}

function partsOf(outcome: number, isFraud: boolean, stake: number, cost: CostModel): Parts {
  if (outcome === REVIEW) {
    const review = cost.reviewCostMinor;
    return isFraud
      ? { lost: cost.missRate * stake, friction: 0, review }
      : { lost: 0, friction: cost.delayCostMinor, review };
  }
  if (isFraud) return { lost: outcome === APPROVE ? stake : 0, friction: 0, review: 0 };
  return { lost: 0, friction: outcome === DECLINE ? stake : 0, review: 0 };
}

function addTo({ sums, measures, offset }: CustomerSums, customer: number, parts: Parts): void {
  const at = customer * measures + offset;
  sums[at] = (sums[at] as number) + parts.lost;
  sums[at + 1] = (sums[at + 1] as number) + parts.friction;
  sums[at + 2] = (sums[at + 2] as number) + parts.review;
}

/** Cost of one row by its outcome and truth. */
export function costOfRow(outcome: number, isFraud: boolean, amountMinor: number, cost: CostModel): number {
  const { lost, friction, review } = partsOf(
    outcome,
    isFraud,
    fraudOrRefused(isFraud, amountMinor, cost),
    cost,
  );
  return lost + friction + review;
}
