import { topKOf } from "#ml/evaluation/lift-gains.ts";
import { percentileInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import type { RankedCounts } from "#ml/evaluation/ranked-counts.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";

/** What the highest-scored share of the known payments holds. */
export type Gain = {
  readonly share: number;
  /** payments in it: the share's, rounded up */
  readonly k: number;
  /** frauds in it; ties that k cuts through count with their expected share */
  readonly frauds: number;
  /** share of all frauds */
  readonly gain: number | null;
  readonly gainInterval: Interval | null;
  /** precision over the share of frauds among all */
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
  readonly precision: number | null;
};

/** Fine where a rare class is found, and the ten deciles. */
const shares = [
  0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.15, 0.2,
  0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
] as const;

/** Cumulative gains and lift with 95 % percentile intervals over replicates. O(shares x replicates x log scores). */
export function gainShares(counts: RankedCounts, replicates: readonly RankedCounts[]): Gain[] {
  return shares.map((share) => {
    const { k, hits, precision, recall, lift } = topShare(counts, share);
    const drawn = replicates.map((replicate) => topShare(replicate, share));
    return {
      share,
      k,
      frauds: hits,
      gain: recall,
      gainInterval: percentileInterval(drawn.map((top) => top.recall)),
      lift,
      liftInterval: percentileInterval(drawn.map((top) => top.lift)),
      precision,
    };
  });
}

function topShare(counts: RankedCounts, share: number): ReturnType<typeof topKOf> {
  const rows = counts.positives + counts.negatives;
  // Products such as 0.07 x 100 lie a little above the whole number that they are.
  return topKOf(counts, Math.ceil(share * rows - 1e-9));
}
