import { quantileOfSorted, quantiles } from "#ml/math/quantile.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { binOf } from "#ml/monitoring/quantile-bins.ts";

/**
 * The expected calibration error (bins of equal mass) that scores meaning exactly what they say would reach or stay
 * under in 95 of 100 windows like this one: labels are drawn from the scores, again and again. An error is never 0 by
 * chance, and the rarer fraud is the larger it gets; only above this is it a finding. Null without rows.
 * O(n (log n + draws)).
 */
export function eceByChance(
  scores: ArrayLike<number>,
  bins: number,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): number | null {
  const shares = Array.from({ length: bins - 1 }, (_, j) => (j + 1) / bins);
  const cuts = [...new Set(quantiles(scores, shares) ?? [])];
  if (scores.length === 0) return null;
  const bin = Uint8Array.from(scores, (score) => binOf(cuts, score));
  const rng = createRng(`ece by chance:${seed}`);
  const gaps = new Float64Array(cuts.length + 1);
  const errors = Float64Array.from({ length: draws }, () => {
    gaps.fill(0);
    for (let row = 0; row < bin.length; row++) {
      const at = bin[row] as number;
      const p = scores[row] as number;
      gaps[at] = (gaps[at] as number) + p - (rng.next() < p ? 1 : 0);
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / scores.length;
  });
  return quantileOfSorted(errors.sort(), 0.95);
}
