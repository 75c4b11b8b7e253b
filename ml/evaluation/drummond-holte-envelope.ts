import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

export type CostVertex = { readonly pc: number; readonly cost: number };

export type CostEnvelope = {
  readonly vertices: readonly CostVertex[];
  readonly area: number;
  /** Normalised expected cost at a probability cost in [0, 1]. */
  readonly costAt: (pc: number) => number;
};

type Point = { readonly tp: number; readonly fp: number };

/**
 * Cost curve of Drummond and Holte (2006): every operating point, with (0,0) and (1,1), is a line
 * NE(x) = (1 - TPR - FPR) x + FPR in the probability cost x; the envelope is the least of them. Vertices are x = 0,
 * the crossings of neighbours on the ROC convex hull, and x = 1; the area under it is exact. The hull is taken in
 * whole counts, so collinear points drop out exactly. Null when either class is absent. O(n log n).
 */
export function drummondHolteEnvelope(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): CostEnvelope | null {
  return envelopeOf(rankedCounts(scores, labels));
}

/** `drummondHolteEnvelope` of counts that are there already. */
export function envelopeOf({ tp, fp, positives, negatives }: RankedCounts): CostEnvelope | null {
  if (positives === 0 || negatives === 0) return null;
  const hull = upperHull([{ tp: 0, fp: 0 }, ...Array.from(tp, (hits, i) => ({ tp: hits, fp: fp[i] ?? 0 }))]);
  const lines = hull.map((point) => ({ tpr: point.tp / positives, fpr: point.fp / negatives }));
  const costAt = (pc: number): number => {
    return lines.reduce((least, { tpr, fpr }) => Math.min(least, (1 - tpr - fpr) * pc + fpr), 1);
  };
  const crossings = hull.slice(1).map((point, i) => {
    const before = hull[i] ?? point;
    const fpGain = (point.fp - before.fp) * positives;
    return fpGain / ((point.tp - before.tp) * negatives + fpGain);
  });
  const places = [...new Set([0, ...crossings, 1])];
  const vertices = places.map((pc) => ({ pc, cost: costAt(pc) }));
  const area = vertices.slice(1).reduce((sum, vertex, i) => {
    const before = vertices[i] ?? vertex;
    return sum + ((vertex.pc - before.pc) * (vertex.cost + before.cost)) / 2;
  }, 0);
  return { vertices, area, costAt };
}

/** Andrew's monotone chain from (0, 0) up to all rows; equal slopes keep only the outer ends. */
function upperHull(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length > 1 && !turnsDown(hull.at(-2) ?? point, hull.at(-1) ?? point, point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

function turnsDown(first: Point, second: Point, third: Point): boolean {
  return (second.tp - first.tp) * (third.fp - second.fp) > (third.tp - second.tp) * (second.fp - first.fp);
}
