import { replicateInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { APPROVE, DECLINE, REVIEW } from "#server/services/policy/assign-outcomes.ts";
import { largest } from "#server/services/policy/known-counts.ts";
import { costOfRow, type LedgerInput } from "#server/services/policy/outcome-ledger.ts";
import type { Estimate } from "#server/services/policy/simulated-view.ts";
import { drawnTotals } from "./drawn-totals.ts";

/** What one treatment of the payments cost, and what it saved against the two that need no model. */
export type TreatmentCost = {
  readonly cost: Estimate;
  readonly savedVsApprove: Estimate;
  readonly savedVsReview: Estimate;
};

export type TreatmentCosts = {
  readonly approveAll: Estimate;
  readonly reviewAll: Estimate;
  /** in the order in which they were given */
  readonly treatments: readonly TreatmentCost[];
  /** what the one at a place costs more than the one at another, paired */
  readonly difference: (place: number, other: number) => Estimate;
};

const REPLICATES = 200;
/** Places of the two treatments that all others are compared with. */
const [APPROVE_ALL, REVIEW_ALL, FIRST] = [0, 1, 2];

/**
 * Costs of treatments given as one outcome per row, on known payments of the currency that match. Intervals are 95 %
 * percentiles of 200 replicates of a Poisson bootstrap by customer, differences paired; none without a seed.
 */
export function treatmentCosts(
  input: LedgerInput,
  treatments: readonly ((row: number) => number)[],
  {
    seed,
    matches = () => true,
  }: { readonly seed: number | null; readonly matches?: (row: number) => boolean },
): TreatmentCosts {
  const measures = treatments.length + FIRST;
  const sums = customerSums(input, treatments, matches);
  const totals = new Float64Array(measures);
  for (let at = 0; at < sums.length; at++) {
    totals[at % measures] = (totals[at % measures] as number) + (sums[at] as number);
  }
  const drawn = seed === null ? null : drawnTotals({ sums, measures }, { seed, replicates: REPLICATES });
  const interval = (of: (t: Float64Array) => number): Interval | null =>
    drawn === null ? null : replicateInterval(drawn, of);
  const estimate = (of: (t: Float64Array) => number): Estimate => ({
    minor: of(totals),
    interval: interval(of),
  });
  const at = (t: Float64Array, m: number): number => t[m] ?? 0;
  return {
    approveAll: estimate((t) => at(t, APPROVE_ALL)),
    reviewAll: estimate((t) => at(t, REVIEW_ALL)),
    treatments: treatments.map((_, i) => ({
      cost: estimate((t) => at(t, i + FIRST)),
      savedVsApprove: estimate((t) => at(t, APPROVE_ALL) - at(t, i + FIRST)),
      savedVsReview: estimate((t) => at(t, REVIEW_ALL) - at(t, i + FIRST)),
    })),
    difference: (place, other) => estimate((t) => at(t, place + FIRST) - at(t, other + FIRST)),
  };
}

/** Per customer: the cost of approving all, of reviewing all, and of each treatment. */
function customerSums(
  input: LedgerInput,
  treatments: readonly ((row: number) => number)[],
  matches: (row: number) => boolean,
): Float64Array {
  const { customer, currency } = input.rows.columns;
  const measures = treatments.length + FIRST;
  const sums = new Float64Array((largest(customer) + 1) * measures);
  const costs = new Float64Array(3);
  for (let row = 0; row < input.rows.rows; row++) {
    if (currency[row] !== input.currency || !matches(row) || !setCosts(input, row, costs)) continue;
    const from = (customer[row] as number) * measures;
    for (let m = 0; m < measures; m++) {
      const cost = costs[outcomeIn(m, row, treatments)] as number;
      if (cost !== 0) sums[from + m] = (sums[from + m] as number) + cost;
    }
  }
  return sums;
}

function outcomeIn(measure: number, row: number, treatments: readonly ((row: number) => number)[]): number {
  if (measure === APPROVE_ALL) return APPROVE;
  return measure === REVIEW_ALL ? REVIEW : (treatments[measure - FIRST]?.(row) ?? APPROVE);
}

/** The row's cost by outcome; false when its truth is not known. */
function setCosts(
  { rows, classes, currency, costAt }: LedgerInput,
  row: number,
  costs: Float64Array,
): boolean {
  const known = classes[row];
  if (known !== rowClass.fraud && known !== rowClass.legitimate) return false;
  const cost = costAt(currency, rows.columns.channel[row] as number);
  const amount = rows.columns.amountMinor[row] as number;
  for (const outcome of [APPROVE, REVIEW, DECLINE]) {
    costs[outcome] = costOfRow(outcome, known === rowClass.fraud, amount, cost);
  }
  return true;
}
