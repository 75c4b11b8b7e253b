import type { TrainingRows } from "../model.ts";

/**
 * Average precision of the same rows over and over, for early stopping: the frauds are ranked, and each legitimate row
 * is only counted at the highest-ranked fraud that it reaches. Equal to `averagePrecision`, ties together, at
 * O(frauds log frauds + rows log frauds) without sorting the legitimate rows. Null without a fraud.
 */
export function watchedPrecision({
  rows,
  labels,
  weights,
}: Pick<TrainingRows, "rows" | "labels" | "weights">): (margins: Float64Array) => number | null {
  const all = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  const frauds = all.filter((row) => labels[row] === 1);
  const others = all.filter((row) => labels[row] !== 1);
  const weightOf = (row: number): number => (weights === null ? 1 : (weights[row] as number));
  const total = frauds.reduce((sum, row) => sum + weightOf(row), 0);
  const ranked = new Float64Array(frauds.length);
  const reached = new Float64Array(frauds.length);
  return (margins) => {
    if (!(total > 0)) return null;
    frauds.sort((a, b) => (margins[b] as number) - (margins[a] as number));
    for (let rank = 0; rank < frauds.length; rank++) ranked[rank] = margins[frauds[rank] as number] as number;
    reached.fill(0);
    const lowest = ranked[ranked.length - 1] as number;
    for (let i = 0; i < others.length; i++) {
      const row = others[i] as number;
      const margin = margins[row] as number;
      if (margin < lowest) continue;
      const rank = firstNotAbove(ranked, margin);
      reached[rank] = (reached[rank] as number) + weightOf(row);
    }
    return precisionOf({ ranked, reached, total }, (rank) => weightOf(frauds[rank] as number));
  };
}

/** First rank whose margin is not above the given one; ranks are in falling order, and the last one qualifies. */
function firstNotAbove(ranked: Float64Array, margin: number): number {
  let low = 0;
  let high = ranked.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranked[middle] as number) > margin) low = middle + 1;
    else high = middle;
  }
  return low;
}

function precisionOf(
  { ranked, reached, total }: { ranked: Float64Array; reached: Float64Array; total: number },
  weightOf: (rank: number) => number,
): number {
  let [hits, counted, alarms, sum] = [0, 0, 0, 0];
  for (let rank = 0; rank < ranked.length; rank++) {
    hits += weightOf(rank);
    alarms += reached[rank] as number;
    if (rank + 1 < ranked.length && ranked[rank + 1] === ranked[rank]) continue;
    sum += ((hits - counted) * hits) / (hits + alarms);
    counted = hits;
  }
  return sum / total;
}
