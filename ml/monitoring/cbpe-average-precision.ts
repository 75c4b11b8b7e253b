import { percentileInterval } from "#ml/evaluation/drawn-ranking.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { descendingOrder } from "#ml/math/order.ts";
import { createRng } from "#ml/math/seeded-random.ts";

/**
 * Average precision to expect before labels arrive: labels are drawn from the scores, again and again, and the mean of
 * the average precisions is the estimate, their 95 % percentiles its interval. Equal scores enter together. As with all
 * such estimates it is only as good as the calibration. Null when half of the draws held no fraud.
 * O(n (log n + draws)); the same seed gives the same figures.
 * @throws RangeError when a score lies outside [0, 1].
 */
export function cbpeAveragePrecision(
  scores: Float64Array,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): { readonly value: number | null; readonly interval: Interval | null } {
  for (let i = 0; i < scores.length; i++) {
    const p = scores[i] as number;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`score ${i} is ${p}, not a probability`);
  }
  const sorted = Float64Array.from(descendingOrder(scores), (row) => scores[row] as number);
  const rng = createRng(`cbpe average precision:${seed}`);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = drawnAveragePrecision(sorted, rng.next);
    if (value !== null) values.push(value);
  }
  const interval = percentileInterval(values, draws);
  if (interval === null) return { value: null, interval: null };
  return { value: values.reduce((sum, value) => sum + value, 0) / values.length, interval };
}

function drawnAveragePrecision(sorted: Float64Array, next: () => number): number | null {
  let [hits, counted, sum] = [0, 0, 0];
  for (let rank = 0; rank < sorted.length; rank++) {
    const p = sorted[rank] as number;
    if (next() < p) hits++;
    if (hits === counted || sorted[rank + 1] === p) continue;
    sum += ((hits - counted) * hits) / (rank + 1);
    counted = hits;
  }
  return hits === 0 ? null : sum / hits;
}
