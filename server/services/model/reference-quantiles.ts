import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";

/** Value of a feature under or at which a share of the payments that have one lie. */
export type Decile = { readonly share: number; readonly value: number };

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/**
 * The deciles that a reference was cut at, with equal ones told as often as they stand for: the smallest cut that has
 * more than share x (n - 1) values at or under it, which is the type 7 quantile the cut was made from. Empty when
 * every value was missing. O(cuts).
 */
export function decilesOf({ cuts, counts }: Pick<FeatureReference, "cuts" | "counts">): Decile[] {
  const values = counts.reduce((sum, count) => sum + count, 0);
  if (values === 0) return [];
  return DECILES.map((share) => {
    let atOrUnder = 0;
    const at = cuts.findIndex((_, bin) => {
      atOrUnder += counts[bin] ?? 0;
      return atOrUnder > share * (values - 1);
    });
    return { share, value: cuts[at] ?? cuts.at(-1) ?? Number.NaN };
  });
}
