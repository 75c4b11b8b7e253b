import { descendingOrder } from "#ml/math/order.ts";
import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { checkRows, type RankedCounts } from "./ranked-counts.ts";

/** Scored rows of known customers; a customer's rows are drawn together, since they are not independent. */
export type ClusteredRows = {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly customerIds: ArrayLike<string>;
};

export type BootstrapOptions = {
  readonly seed: number;
  readonly replicates: number;
  /** Coverage of the interval; 0.95 when left out. */
  readonly confidence?: number;
};

/** Percentile interval. `replicates` counts those on which the metric was defined. */
export type BootstrapInterval = {
  readonly lower: number;
  readonly upper: number;
  readonly replicates: number;
};

/** A metric that needs nothing but the ranked counts, such as rocAucOf or averagePrecisionOf. */
export type RankedMetric = (counts: RankedCounts) => number | null;

/**
 * Percentile bootstrap intervals, resampling whole customers with replacement, of any metrics of ranked counts; one
 * interval per metric, in order. Rows are sorted once; each replicate draws as many customers as there are and weighs
 * their rows by how often they were drawn, so one replicate is O(rows). All metrics see the same replicates, and the
 * same seed gives the same intervals. Null when a metric was defined on fewer than half of the replicates.
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, a score is NaN, or replicates is under 2.
 */
export function bootstrapIntervals(
  rows: ClusteredRows,
  metrics: readonly RankedMetric[],
  { seed, replicates, confidence = 0.95 }: BootstrapOptions,
): (BootstrapInterval | null)[] {
  checkRows(rows.scores, rows.labels);
  if (rows.customerIds.length !== rows.scores.length) throw new RangeError("every row needs a customer");
  if (!(replicates >= 2)) throw new RangeError("a bootstrap needs at least 2 replicates");
  const ranked = rankRows(rows);
  const counts = emptyCounts(ranked.groups);
  const rng = createRng(`bootstrap:${seed}`);
  const draws = new Float64Array(ranked.customers);
  const defined = metrics.map((metric) => ({ metric, values: [] as number[] }));
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawCustomers(draws, rng);
    const sample = weigh(ranked, draws, counts);
    for (const { metric, values } of defined) {
      const value = metric(sample);
      if (value !== null) values.push(value);
    }
  }
  return defined.map(({ values }) => intervalOf(values, replicates, confidence));
}

/** How often each customer is drawn when as many are drawn as there are. */
function drawCustomers(draws: Float64Array, rng: Rng): void {
  draws.fill(0);
  for (let i = 0; i < draws.length; i++) {
    const customer = rng.integer(draws.length);
    draws[customer] = (draws[customer] as number) + 1;
  }
}

type Ranked = {
  readonly labels: Uint8Array; // highest score first
  readonly customer: Uint32Array; // number of the row's customer
  readonly group: Uint32Array; // number of the row's distinct score
  readonly thresholds: Float64Array;
  readonly groups: number;
  readonly customers: number;
};

function rankRows({ scores, labels, customerIds }: ClusteredRows): Ranked {
  const order = descendingOrder(scores);
  const numbers = new Map<string, number>();
  const customer = new Uint32Array(order.length);
  const group = new Uint32Array(order.length);
  const thresholds = new Float64Array(order.length);
  let groups = 0;
  order.forEach((row, rank) => {
    const id = customerIds[row] ?? "";
    const known = numbers.get(id) ?? numbers.size;
    numbers.set(id, known);
    customer[rank] = known;
    const score = scores[row] as number;
    if (rank === 0 || thresholds[groups - 1] !== score) thresholds[groups++] = score;
    group[rank] = groups - 1;
  });
  const ordered = Uint8Array.from(order, (row) => labels[row] as number);
  return { labels: ordered, customer, group, thresholds, groups, customers: numbers.size };
}

function emptyCounts(groups: number): { tp: Float64Array; fp: Float64Array } {
  return { tp: new Float64Array(groups), fp: new Float64Array(groups) };
}

/** Cumulative counts of one replicate, written over the last one's. */
function weigh(
  ranked: Ranked,
  draws: Float64Array,
  { tp, fp }: ReturnType<typeof emptyCounts>,
): RankedCounts {
  let [positives, negatives] = [0, 0];
  for (let rank = 0; rank < ranked.labels.length; rank++) {
    const weight = draws[ranked.customer[rank] as number] as number;
    if (ranked.labels[rank] === 1) positives += weight;
    else negatives += weight;
    const group = ranked.group[rank] as number;
    tp[group] = positives;
    fp[group] = negatives;
  }
  return { thresholds: ranked.thresholds.subarray(0, ranked.groups), tp, fp, positives, negatives };
}

function intervalOf(
  values: readonly number[],
  replicates: number,
  confidence: number,
): BootstrapInterval | null {
  if (values.length < replicates / 2) return null;
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  return {
    lower: quantileOfSorted(sorted, tail),
    upper: quantileOfSorted(sorted, 1 - tail),
    replicates: values.length,
  };
}
