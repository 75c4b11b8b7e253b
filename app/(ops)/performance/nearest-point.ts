import { placeOfScore } from "#app/charts/log-odds.ts";
import type { OperatingPoint } from "./types.ts";

/** Index of the point whose threshold stands nearest on the axis of scores; -1 without points. */
export function nearestByScore(points: readonly OperatingPoint[], score: number): number {
  const at = placeOfScore(score);
  return nearest(points, (point) => Math.abs(placeOfScore(point.threshold) - at));
}

/** Index of the point nearest in recall; of equals the one with the fewest false alerts. */
export function nearestByRecall(points: readonly OperatingPoint[], recall: number): number {
  return nearest(points, (point) => Math.abs((point.recall ?? 0) - recall));
}

/** Index of the point nearest on an axis of false-positive rates; of equals the one that catches most. */
export function nearestByFpr(
  points: readonly OperatingPoint[],
  place: number,
  placeOf: (fpr: number) => number,
): number {
  return nearest(points, (point) => Math.abs(placeOf(point.fpr ?? 0) - place), "last");
}

function nearest(
  points: readonly OperatingPoint[],
  distance: (point: OperatingPoint) => number,
  ofEquals: "first" | "last" = "first",
): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  points.forEach((point, at) => {
    const here = distance(point);
    if (here > least || (here === least && ofEquals === "first")) return;
    [best, least] = [at, here];
  });
  return best;
}
