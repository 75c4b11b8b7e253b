import { type Interval, wilsonInterval } from "./wilson-interval.ts";

/** Sums over labelled rows of weights, of their squares, and of the weights of those that count as hits. */
export type WeightedSums = { readonly hits: number; readonly total: number; readonly squares: number };

export type WeightedShare = {
  readonly value: number | null;
  /** Kish's effective sample size of the rows that the share is of */
  readonly effective: number;
  readonly interval: Interval | null;
};

/**
 * Share of weighted rows (Hájek), with Kish's effective sample size (sum w)² / sum w² and Wilson's interval on that many
 * rows: with equal weights it is the ordinary share with its Wilson interval. Null and 0 without rows.
 * @throws RangeError when the hits weigh more than all rows, or a sum is negative.
 */
export function weightedShare({ hits, total, squares }: WeightedSums, confidence = 0.95): WeightedShare {
  if (!(hits >= 0 && total >= 0 && squares >= 0)) throw new RangeError("sums of weights are never negative");
  if (hits > total * (1 + 1e-9)) throw new RangeError(`hits weigh ${hits} of ${total}`);
  if (total === 0) return { value: null, effective: 0, interval: null };
  const value = Math.min(1, hits / total);
  const effective = total ** 2 / squares;
  return { value, effective, interval: wilsonInterval(value * effective, effective, confidence) };
}
