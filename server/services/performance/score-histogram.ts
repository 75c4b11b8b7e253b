import type { ScoreGroup } from "./load-groups.ts";

/** Rows of each known class with `from` <= score < `to`; the last bin is closed. */
export type HistogramBin = {
  readonly from: number;
  readonly to: number;
  readonly fraud: number;
  readonly legitimate: number;
};

const BINS = 36;
const REACH = 9; // log-odds: 0.012 % to 99.988 %

/**
 * Edges of equal steps in log-odds, with open ends at 0 and 1: calibrated scores crowd near 0, where equal steps of
 * probability would put everything in one bin.
 */
export const histogramEdges: readonly number[] = [
  0,
  ...Array.from({ length: BINS + 1 }, (_, i) => logistic(-REACH + (2 * REACH * i) / BINS)),
];

/** Exact, because every edge is a cut of the groups. O(groups x bins). */
export function scoreHistogram(groups: readonly ScoreGroup[]): HistogramBin[] {
  return histogramEdges.map((from, bin) => {
    const to = histogramEdges[bin + 1] ?? 1;
    const isLast = bin === histogramEdges.length - 1;
    const inside = groups.filter((group) => group.cut >= from && (isLast || group.cut < to));
    return { from, to, fraud: rowsOf(inside, "fraud"), legitimate: rowsOf(inside, "legitimate") };
  });
}

function rowsOf(groups: readonly ScoreGroup[], kind: "fraud" | "legitimate"): number {
  return groups.reduce((sum, group) => sum + (group.class === kind ? group.rows : 0), 0);
}

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
