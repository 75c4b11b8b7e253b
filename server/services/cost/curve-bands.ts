import { percentileInterval, poissonDraws } from "#ml/evaluation/poisson-bootstrap.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { APPROVE, DECLINE, REVIEW } from "#server/services/policy/assign-outcomes.ts";
import { costOfRow, type LedgerInput } from "#server/services/policy/outcome-ledger.ts";
import { byCustomer } from "./by-customer.ts";

/** 95 % intervals of the cost of acting from one threshold. */
export type CostBand = { readonly review: Interval | null; readonly decline: Interval | null };

type Options = { readonly seed: number; readonly replicates: number };

/** What is summed: cost when nothing is acted on, and what reviewing or declining adds to it. */
const MEASURES = 3;

/**
 * Intervals of a cost curve by a Poisson bootstrap of customers: each counts Poisson(1) times with all their payments.
 * `thresholds` fall; null acts on nothing. O(customers x thresholds that they touch x replicates), the same seed and
 * rows give the same bands.
 */
export function curveBands(
  input: LedgerInput,
  thresholds: readonly (number | null)[],
  { seed, replicates }: Options,
): CostBand[] {
  const exact = Float64Array.from(thresholds.filter((threshold) => threshold !== null));
  const places = exact.length + 1; // the last holds what no threshold acts on
  const sums = new Float64Array(places * MEASURES * replicates);
  const here = new Float64Array(places * MEASURES);
  const weights = new Uint8Array(replicates);
  const draw = poissonDraws(seed);
  for (const rows of byCustomer(input.rows.columns.customer, costly(input, exact))) {
    for (let r = 0; r < replicates; r++) weights[r] = draw();
    const touched = new Set<number>();
    for (const row of rows) touched.add(addRow(input, row, { exact, here }));
    for (const place of touched) spread(place, { here, sums, weights });
  }
  const [review, decline] = [replicated(sums, replicates, 1), replicated(sums, replicates, 2)];
  let next = 0;
  return thresholds.map((threshold) => {
    const at = threshold === null ? 0 : ++next;
    return {
      review: percentileInterval(Array.from(review[at] ?? [])),
      decline: percentileInterval(Array.from(decline[at] ?? [])),
    };
  });
}

/** Rows that some threshold acts on, and frauds. */
function costly({ rows, classes, currency }: LedgerInput, exact: Float64Array): (row: number) => boolean {
  const lowest = exact.at(-1) ?? Number.POSITIVE_INFINITY;
  const { columns } = rows;
  return (row) =>
    columns.currency[row] === currency &&
    (classes[row] === rowClass.fraud ||
      (classes[row] === rowClass.legitimate && (columns.score[row] as number) >= lowest));
}

/** The place that the row was added to: the first threshold that acts on it. */
function addRow(
  { rows, classes, currency, costAt }: LedgerInput,
  row: number,
  { exact, here }: { exact: Float64Array; here: Float64Array },
): number {
  const { score, amountMinor, channel } = rows.columns;
  const isFraud = classes[row] === rowClass.fraud;
  const cost = costAt(currency, channel[row] as number);
  const of = (outcome: number): number => costOfRow(outcome, isFraud, amountMinor[row] as number, cost);
  const place = placeOf(exact, score[row] as number);
  const [nothing, at] = [of(APPROVE), place * MEASURES];
  here[at] = (here[at] as number) + nothing;
  here[at + 1] = (here[at + 1] as number) + of(REVIEW) - nothing;
  here[at + 2] = (here[at + 2] as number) + of(DECLINE) - nothing;
  return place;
}

/** How many thresholds lie above a score. */
function placeOf(exact: Float64Array, score: number): number {
  let [low, high] = [0, exact.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((exact[middle] as number) > score) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Spread = {
  readonly here: Float64Array;
  readonly sums: Float64Array;
  readonly weights: Uint8Array;
};

/** Adds a customer's part of one place to every replicate, and clears it. */
function spread(place: number, { here, sums, weights }: Spread): void {
  for (let measure = 0; measure < MEASURES; measure++) {
    const at = place * MEASURES + measure;
    const value = here[at] as number;
    here[at] = 0;
    if (value === 0) continue;
    const from = at * weights.length;
    for (let r = 0; r < weights.length; r++) {
      sums[from + r] = (sums[from + r] as number) + value * (weights[r] as number);
    }
  }
}

/** Of each replicate the cost at every threshold, acting on nothing first: `[threshold][replicate]`. */
function replicated(sums: Float64Array, replicates: number, measure: number): Float64Array[] {
  const places = sums.length / (MEASURES * replicates);
  const nothing = new Float64Array(replicates);
  const part = (place: number, of: number, r: number): number =>
    sums[(place * MEASURES + of) * replicates + r] as number;
  for (let place = 0; place < places; place++) {
    for (let r = 0; r < replicates; r++) nothing[r] = (nothing[r] as number) + part(place, 0, r);
  }
  const costs = [nothing];
  for (let place = 0; place + 1 < places; place++) {
    const before = costs.at(-1) ?? nothing;
    costs.push(before.map((cost, r) => cost + part(place, measure, r)));
  }
  return costs;
}
