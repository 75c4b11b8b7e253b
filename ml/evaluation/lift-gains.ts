import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

/** What the k highest scores hold. `recall` is also called gain; both it and `lift` are null without any fraud. */
export type TopK = {
  readonly k: number;
  readonly kEffective: number;
  readonly hits: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly lift: number | null;
};

export type DecileGain = {
  readonly decile: number;
  readonly k: number;
  readonly gain: number | null;
  readonly lift: number | null;
};

/**
 * Hits, precision, recall and lift among the k highest scores, for each k asked. The group of equal scores that k cuts
 * through contributes its expected hits (places left x frauds in the group / group size), so the order of rows never
 * matters. k beyond the rows counts as all rows. O(n log n).
 * @throws RangeError when a k is not a positive integer.
 */
export function topK(scores: ArrayLike<number>, labels: ArrayLike<number>, ks: readonly number[]): TopK[] {
  const counts = rankedCounts(scores, labels);
  return ks.map((k) => {
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`top ${k} is not a number of rows`);
    return topKOf(counts, k);
  });
}

/** Gain and lift of the ten deciles by score; decile d holds the ceil(d n / 10) highest scores. O(n log n). */
export function decileGains(scores: ArrayLike<number>, labels: ArrayLike<number>): DecileGain[] {
  const counts = rankedCounts(scores, labels);
  return Array.from({ length: 10 }, (_, i) => {
    const k = Math.floor(((i + 1) * scores.length + 9) / 10);
    const { recall, lift } = topKOf(counts, k);
    return { decile: i + 1, k, gain: recall, lift };
  });
}

/** As topK for one k, from counts that are already ranked; a k between two whole rows is interpolated. */
export function topKOf(counts: RankedCounts, k: number): TopK {
  const rows = counts.positives + counts.negatives;
  const kEffective = Math.min(k, rows);
  const hits = expectedHits(counts, kEffective);
  const precision = kEffective === 0 ? null : hits / kEffective;
  const recall = counts.positives === 0 ? null : hits / counts.positives;
  const lift = precision === null || counts.positives === 0 ? null : precision / (counts.positives / rows);
  return { k, kEffective, hits, precision, recall, lift };
}

function expectedHits({ tp, fp }: RankedCounts, k: number): number {
  let low = 0;
  let high = tp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tp[middle] as number) + (fp[middle] as number) <= k) low = middle + 1;
    else high = middle;
  }
  const hitsBefore = tp[low - 1] ?? 0;
  const left = k - hitsBefore - (fp[low - 1] ?? 0);
  if (left === 0) return hitsBefore;
  const groupHits = (tp[low] ?? 0) - hitsBefore;
  const groupSize = groupHits + (fp[low] ?? 0) - (fp[low - 1] ?? 0);
  return hitsBefore + (left * groupHits) / groupSize;
}
