import { createRng } from "#ml/math/seeded-random.ts";
import { drawAgain, measureDraw, numberedFrom0, percentileInterval, rankRows } from "./drawn-ranking.ts";
import type { Interval } from "./wilson-interval.ts";

/** Labelled rows of customers; a row stands for `weights` rows. */
export type WeightedRows = {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly customers: ArrayLike<number>;
};

/**
 * Average precision of weighted rows with a 95 % percentile interval over resampled customers, whose rows stay together.
 * Null without a fraud; the interval is null when undefined on half of the replicates. O(n (log n + replicates)).
 * @throws RangeError as rankedCounts
 */
export function clusteredAveragePrecision(
  { scores, labels, weights, customers }: WeightedRows,
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): { readonly value: number | null; readonly interval: Interval | null } {
  const numbered = numberedFrom0(customers);
  const ranked = rankRows({ scores, labels, weights }, numbered);
  const draws = new Float64Array(numbered.count).fill(1);
  const { averagePrecision: value } = measureDraw(ranked, draws);
  if (value === null) return { value, interval: null };
  const rng = createRng(`clustered average precision:${seed}`);
  const values: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawAgain(draws, rng);
    const { averagePrecision } = measureDraw(ranked, draws);
    if (averagePrecision !== null) values.push(averagePrecision);
  }
  return { value, interval: percentileInterval(values, replicates) };
}
