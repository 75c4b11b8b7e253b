import { MIN_SHARE, psiFromCounts } from "./population-stability.ts";

export type Category = string | null;

export type CategoryStability = {
  readonly categories: readonly Category[];
  readonly referenceCounts: readonly number[];
  readonly currentCounts: readonly number[];
  readonly psi: number;
  readonly unseenCategories: readonly Category[];
  readonly vanishedCategories: readonly Category[];
};

/**
 * PSI of a categorical feature over the union of both sides' categories. Null (missing) is a category of its own and
 * comes first, the others ascending by code unit. Unseen categories are only in `current`, vanished ones only in
 * `reference`. Null when either side is empty. O(n + categories log categories).
 */
export function psiCategorical(
  reference: readonly Category[],
  current: readonly Category[],
  minShare = MIN_SHARE,
): CategoryStability | null {
  const before = tally(reference);
  const after = tally(current);
  const categories = [...new Set([...before.keys(), ...after.keys()])].sort(missingFirst);
  const referenceCounts = categories.map((category) => before.get(category) ?? 0);
  const currentCounts = categories.map((category) => after.get(category) ?? 0);
  const stability = psiFromCounts(referenceCounts, currentCounts, minShare);
  if (stability === null) return null;
  return {
    categories,
    referenceCounts,
    currentCounts,
    psi: stability.psi,
    unseenCategories: categories.filter((category) => !before.has(category)),
    vanishedCategories: categories.filter((category) => !after.has(category)),
  };
}

function tally(values: readonly Category[]): Map<Category, number> {
  const counts = new Map<Category, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function missingFirst(first: Category, second: Category): number {
  if (first === null || second === null) return first === second ? 0 : first === null ? -1 : 1;
  return first < second ? -1 : first > second ? 1 : 0;
}
