import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import type { Interval } from "./wilson-interval.ts";

/** Sums of several measures per cluster, row by row: `sums[cluster * measures + measure]`. */
export type ClusterSums = { readonly sums: Float64Array; readonly measures: number };

export type PoissonOptions = {
  readonly seed: number;
  readonly replicates: number;
  /** coverage of the interval; 0.95 when left out */
  readonly confidence?: number;
};

/** Replicated totals: `totals[replicate * measures + measure]`. Differences of measures are paired within a replicate. */
export type Replicates = {
  readonly totals: Float64Array;
  readonly measures: number;
  readonly replicates: number;
};

/** Cumulative probabilities of a Poisson count of mean 1, as thresholds for 32 random bits. */
const counts = Uint32Array.from(
  [1, 2, 5 / 2, 16 / 6, 65 / 24, 326 / 120, 1957 / 720, 13_700 / 5_040],
  (sum) => Math.min(2 ** 32 - 1, Math.floor((sum / Math.E) * 2 ** 32)),
);

function countOf(bits: number): number {
  let count = 0;
  while (count < 8 && bits >= (counts[count] as number)) count++;
  return count;
}

/** The count by the 12 highest of the 32 bits, where they alone tell it. */
const TABLE_SHIFT = 20;
const UNSURE = 255;
const countOfHighBits = Uint8Array.from({ length: 2 ** 12 }, (_, high) => {
  const [first, last] = [countOf(high * 2 ** TABLE_SHIFT), countOf((high + 1) * 2 ** TABLE_SHIFT - 1)];
  return first === last ? first : UNSURE;
});

/**
 * Poisson bootstrap of totals (Chamandy et al. 2012): in each replicate every cluster counts Poisson(1) times, all its
 * rows together, so that rows of one customer are never taken for independent. Clusters without any sum need not be
 * given. All measures see the same draws. O(clusters x replicates); the same seed gives the same replicates.
 * @throws RangeError when the sums are not whole clusters, or replicates is under 2.
 */
export function poissonBootstrap(
  { sums, measures }: ClusterSums,
  { seed, replicates }: Pick<PoissonOptions, "seed" | "replicates">,
): Replicates {
  if (!(measures >= 1) || sums.length % measures !== 0) throw new RangeError("sums must be whole clusters");
  if (!(replicates >= 2)) throw new RangeError("a bootstrap needs at least 2 replicates");
  const weights = new Uint8Array(sums.length / measures);
  const columns = Array.from({ length: measures }, (_, measure) => columnOf({ sums, measures }, measure));
  const totals = new Float64Array(replicates * measures);
  const draw = poissonDraws(seed);
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (let cluster = 0; cluster < weights.length; cluster++) weights[cluster] = draw();
    for (const [measure, column] of columns.entries()) {
      totals[replicate * measures + measure] = weightedSum(column, weights);
    }
  }
  return { totals, measures, replicates };
}

/** One measure of the clusters that have any of it: most have little but a few measures. */
type Column = { readonly cluster: Uint32Array; readonly sum: Float64Array };

function columnOf({ sums, measures }: ClusterSums, measure: number): Column {
  const [cluster, sum] = [new Uint32Array(sums.length / measures), new Float64Array(sums.length / measures)];
  let held = 0;
  for (let at = 0; at < cluster.length; at++) {
    const value = sums[at * measures + measure] as number;
    if (value === 0) continue;
    cluster[held] = at;
    sum[held++] = value;
  }
  return { cluster: cluster.subarray(0, held), sum: sum.subarray(0, held) };
}

function weightedSum({ cluster, sum }: Column, weights: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < sum.length; at++) {
    total += (weights[cluster[at] as number] as number) * (sum[at] as number);
  }
  return total;
}

/**
 * Percentile interval of a statistic of the replicated totals, such as a sum of some of them or a ratio of two. Null
 * when it was defined (not null) on fewer than half of the replicates.
 */
export function replicateInterval(
  { totals, measures, replicates }: Replicates,
  statistic: (totals: Float64Array) => number | null,
  confidence = 0.95,
): Interval | null {
  const values = Array.from({ length: replicates }, (_, replicate) =>
    statistic(totals.subarray(replicate * measures, (replicate + 1) * measures)),
  );
  return percentileInterval(values, confidence);
}

/**
 * Percentile interval of a statistic's values over replicates; null when it was defined on fewer than half of them.
 * O(n log n).
 */
export function percentileInterval(values: readonly (number | null)[], confidence = 0.95): Interval | null {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0 || defined.length < values.length / 2) return null;
  const sorted = Float64Array.from(defined).sort();
  const tail = (1 - confidence) / 2;
  return { lower: quantileOfSorted(sorted, tail), upper: quantileOfSorted(sorted, 1 - tail) };
}

/**
 * Draws Poisson counts of mean 1: xorshift128 bits (Marsaglia 2003) turned into counts by inversion; counts above 8
 * have a chance of 1 in a million. The same seed gives the same draws.
 */
export function poissonDraws(seed: number): () => number {
  const rng = createRng(`poisson bootstrap:${seed}`);
  let [x, y, z, w] = [0, 0, 0, 0].map(() => rng.integer(2 ** 32 - 1) + 1) as [number, number, number, number];
  return () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    const bits = w >>> 0;
    const count = countOfHighBits[bits >>> TABLE_SHIFT] as number;
    return count === UNSURE ? countOf(bits) : count;
  };
}
