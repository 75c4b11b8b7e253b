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
  const clusters = sums.length / measures;
  const totals = new Float64Array(replicates * measures);
  const draw = poissonDraws(seed);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const at = replicate * measures;
    for (let cluster = 0, from = 0; cluster < clusters; cluster++, from += measures) {
      const weight = draw();
      if (weight === 0) continue;
      for (let m = 0; m < measures; m++) {
        totals[at + m] = (totals[at + m] as number) + weight * (sums[from + m] as number);
      }
    }
  }
  return { totals, measures, replicates };
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
  const values: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const value = statistic(totals.subarray(replicate * measures, (replicate + 1) * measures));
    if (value !== null) values.push(value);
  }
  if (values.length < replicates / 2) return null;
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  return { lower: quantileOfSorted(sorted, tail), upper: quantileOfSorted(sorted, 1 - tail) };
}

/** xorshift128 bits (Marsaglia 2003) turned into counts by inversion: counts above 8 have a chance of 1 in a million. */
function poissonDraws(seed: number): () => number {
  const rng = createRng(`poisson bootstrap:${seed}`);
  let [x, y, z, w] = [0, 0, 0, 0].map(() => rng.integer(2 ** 32 - 1) + 1) as [number, number, number, number];
  return () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    const bits = w >>> 0;
    let count = 0;
    while (count < 8 && bits >= (counts[count] as number)) count++;
    return count;
  };
}
