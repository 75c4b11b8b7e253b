import { chiSquare } from "./chi-square.ts";
import { jensenShannon } from "./jensen-shannon.ts";
import { psiFromCounts } from "./population-stability.ts";

/** How far a window's counts are from the reference's, on the same bins. */
export type BinnedDrift = {
  readonly psi: number;
  /** largest distance of the two cumulative shares, at the cuts */
  readonly ks: number;
  /** distance with base 2, in [0, 1] */
  readonly jensenShannon: number;
  /** earth mover's distance with every value at its rank in the reference: 0.1 moves everything by a decile */
  readonly wasserstein: number;
  /** Cramér's V of the chi-square test, which knows no order of the bins */
  readonly cramersV: number | null;
  readonly chiSquareP: number;
};

/**
 * Every distance of one feature from counts on stored bins. Null when either side has no value. Cuts hide what happens
 * inside a bin, so KS is at most that of the samples. O(bins).
 * @throws RangeError when the numbers of bins differ.
 */
export function binnedDrift(reference: readonly number[], current: readonly number[]): BinnedDrift | null {
  const stability = psiFromCounts(reference, current);
  const divergence = jensenShannon(reference, current);
  const homogeneity = chiSquare(named(reference), named(current));
  if (stability === null || divergence === null || homogeneity === null) return null;
  const [n, m] = [total(reference), total(current)];
  let [before, after, ks, wasserstein] = [0, 0, 0, 0];
  for (const [bin, count] of reference.entries()) {
    const gap = Math.abs(after - before);
    before += count / n;
    after += (current[bin] ?? 0) / m;
    const next = Math.abs(after - before);
    ks = Math.max(ks, next);
    wasserstein += ((gap + next) / 2) * (count / n);
  }
  return {
    psi: stability.psi,
    ks,
    jensenShannon: divergence.distanceBase2,
    wasserstein,
    cramersV: homogeneity.cramersV,
    chiSquareP: homogeneity.p,
  };
}

function named(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((count, bin) => [`bin ${bin}`, count]));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
