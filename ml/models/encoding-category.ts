/** More columns than this for one feature would be mostly zeros. */
const MOST_CATEGORIES = 32;
/** Fewer rows than this teach a column of its own nothing that holds. */
const LEAST_ROWS = 20;

/**
 * The most frequent codes of a category feature, most frequent first, the lower code first among equals; only those of at
 * least 20 rows, and at most 32. Missing values count as none. O(rows).
 */
export function frequentCategories(values: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= LEAST_ROWS)
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, MOST_CATEGORIES)
    .map(([code]) => code);
}
