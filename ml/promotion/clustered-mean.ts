import { normalQuantile } from "#ml/math/normal.ts";
import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng } from "#ml/math/seeded-random.ts";

/** Sums by cluster: of what is averaged, and of the weights it is averaged over. Equal lengths. */
export type ClusterSums = { readonly values: Float64Array; readonly weights: Float64Array };

export type MeanInterval = {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** by linearisation of the ratio of sums */
  readonly standardError: number;
  readonly clusters: number;
};

export type MeanOptions = {
  readonly seed: number | string;
  readonly replicates: number;
  /** Coverage of the two-sided interval; 0.95 when left out. */
  readonly confidence?: number;
};

/**
 * The weighted mean of rows that come in clusters (sum of values over sum of weights) with a bootstrap-t interval:
 * whole clusters are drawn with replacement and each replicate's distance from the mean is measured in its own standard
 * error (Efron & Tibshirani 1993, section 12.5), which keeps its coverage where a few clusters hold most of the
 * money and a percentile interval does not. Neither end comes nearer than the normal one: on the short side of skewed
 * sums the bootstrap alone is too sure. Null under two clusters, without weight, or where nothing varies but the
 * mean is not 0. O(replicates x clusters).
 * @throws RangeError when lengths differ, a sum is not finite, or there are fewer than 2 replicates.
 */
export function clusteredMean(sums: ClusterSums, options: MeanOptions): MeanInterval | null {
  const { values, weights } = sums;
  if (values.length !== weights.length) throw new RangeError("every cluster needs a value and a weight");
  if (!values.every(Number.isFinite) || !weights.every(Number.isFinite))
    throw new RangeError("the sums of clusters must be finite");
  if (!(options.replicates >= 2)) throw new RangeError("a bootstrap needs at least 2 replicates");
  const clusters = values.length;
  const whole = ratioOf(sums, null);
  if (clusters < 2 || whole === null) return null;
  const { mean, standardError } = whole;
  if (standardError === 0) return mean === 0 ? { mean, lower: 0, upper: 0, standardError, clusters } : null;
  const distances = distancesOf(sums, mean, options);
  const tail = (1 - (options.confidence ?? 0.95)) / 2;
  const normal = normalQuantile(1 - tail);
  return {
    mean,
    lower: mean - Math.max(quantileOfSorted(distances, 1 - tail), normal) * standardError,
    upper: mean - Math.min(quantileOfSorted(distances, tail), -normal) * standardError,
    standardError,
    clusters,
  };
}

function distancesOf(sums: ClusterSums, mean: number, { seed, replicates }: MeanOptions): Float64Array {
  const rng = createRng(`clustered-mean:${seed}`);
  const clusters = sums.values.length;
  const draws = new Float64Array(clusters);
  const distances = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    draws.fill(0);
    for (let i = 0; i < clusters; i++) {
      const cluster = rng.integer(clusters);
      draws[cluster] = (draws[cluster] as number) + 1;
    }
    const drawn = ratioOf(sums, draws);
    // A replicate in which nothing varies says nothing of how far the mean may be off: as far as can be.
    const hasSpread = drawn !== null && drawn.standardError > 0;
    distances[replicate] = hasSpread
      ? (drawn.mean - mean) / drawn.standardError
      : Math.sign((drawn?.mean ?? mean) - mean) * Number.MAX_VALUE;
  }
  return distances.sort();
}

/** Ratio of sums with its linearised standard error, each cluster counted as often as it was drawn. */
function ratioOf(
  { values, weights }: ClusterSums,
  draws: Float64Array | null,
): { mean: number; standardError: number } | null {
  let [value, weight, count] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const times = draws === null ? 1 : (draws[i] as number);
    value += times * (values[i] as number);
    weight += times * (weights[i] as number);
    count += times;
  }
  if (!(weight > 0) || count < 2) return null;
  const mean = value / weight;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const times = draws === null ? 1 : (draws[i] as number);
    if (times > 0) squares += times * ((values[i] as number) - mean * (weights[i] as number)) ** 2;
  }
  return { mean, standardError: Math.sqrt((squares * count) / (count - 1)) / weight };
}
