/** Counts by duration in one window of seconds on one server; `bounds` are ascending upper ends, the last count is beyond. */
export type TimedWindow = { readonly counts: readonly number[] };

/** Counts of all windows together. */
export function totalCounts(windows: readonly TimedWindow[], buckets: number): number[] {
  const total = new Array<number>(buckets).fill(0);
  for (const { counts } of windows)
    for (const [place, count] of counts.entries()) total[place] = (total[place] ?? 0) + count;
  return total;
}

/**
 * The duration that a share of what was counted stays within, in a straight line inside its bucket; of the last bucket
 * its lower end. Null when nothing was counted.
 */
export function countedQuantile(
  counts: readonly number[],
  bounds: readonly number[],
  share: number,
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let before = 0;
  for (const [place, count] of counts.entries()) {
    if (before + count >= share * total && count > 0) {
      const lower = place === 0 ? 0 : (bounds[place - 1] ?? 0);
      const upper = bounds[place] ?? lower;
      return lower + (upper - lower) * ((share * total - before) / count);
    }
    before += count;
  }
  return bounds.at(-1) ?? null;
}

/** The lowest bound that is at least `value`, so that what took longer can be counted exactly; the last where none is. */
export function boundFrom(bounds: readonly number[], value: number): number {
  return bounds.find((bound) => bound >= value) ?? bounds.at(-1) ?? value;
}

/** Of each window how many took longer than a bound, and of how many. */
export function slowerThan(
  windows: readonly TimedWindow[],
  bounds: readonly number[],
  bound: number,
): { readonly hits: number; readonly total: number }[] {
  const first = bounds.indexOf(bound) + 1;
  return windows.map(({ counts }) => ({
    hits: counts.slice(first).reduce((sum, count) => sum + count, 0),
    total: counts.reduce((sum, count) => sum + count, 0),
  }));
}
