import type { OperatingPoint, Performance } from "./types.ts";

/** A window's known payments with their mean costs, when alerts are reviewed and everything else is approved. */
export type CostPlane = {
  readonly frauds: number;
  readonly legitimate: number;
  readonly missedMinor: number;
  readonly caughtMinor: number;
  readonly falseAlertMinor: number;
};

/** Null where mean costs are unknown, or reviewing a fraud does not pay: then no line of equal cost says anything. */
export function costPlaneOf({ cost, counts }: Pick<Performance, "cost" | "counts">): CostPlane | null {
  const { missedMinor, caughtMinor, falseAlertMinor } = cost;
  if (missedMinor === null || caughtMinor === null || falseAlertMinor === null) return null;
  if (missedMinor <= caughtMinor || falseAlertMinor <= 0) return null;
  const { fraud: frauds, legitimate } = counts;
  return { frauds, legitimate, missedMinor, caughtMinor, falseAlertMinor };
}

type Rates = { readonly recall: number | null; readonly fpr: number | null };

/** Cost at mean amounts: F ((1 - recall) missed + recall caught) + N fpr falseAlert. Minor units. */
export function costAtRates(plane: CostPlane, { recall, fpr }: Rates): number {
  const { frauds, legitimate, missedMinor, caughtMinor, falseAlertMinor } = plane;
  const caught = recall ?? 0;
  return (
    frauds * ((1 - caught) * missedMinor + caught * caughtMinor) + legitimate * (fpr ?? 0) * falseAlertMinor
  );
}

/** The recall that has a cost at a false-positive rate; null when none does. */
export function recallOfCost(plane: CostPlane, costMinor: number, fpr: number): number | null {
  const { frauds, legitimate, missedMinor, caughtMinor, falseAlertMinor } = plane;
  const saved = frauds * missedMinor + legitimate * fpr * falseAlertMinor - costMinor;
  return shareOrNull(saved / (frauds * (missedMinor - caughtMinor)));
}

/** The precision that has a cost at a recall; null when none does. */
export function precisionOfCost(plane: CostPlane, costMinor: number, recall: number): number | null {
  const { frauds, missedMinor, caughtMinor, falseAlertMinor } = plane;
  const left = costMinor - frauds * ((1 - recall) * missedMinor + recall * caughtMinor);
  const [hits, falseAlerts] = [frauds * recall, left / falseAlertMinor];
  return falseAlerts < 0 || hits === 0 ? null : hits / (hits + falseAlerts);
}

/** The least cost at mean amounts that any of the points has. */
export function leastCost(plane: CostPlane, points: readonly OperatingPoint[]): number {
  return points.reduce(
    (least, point) => Math.min(least, costAtRates(plane, point)),
    Number.POSITIVE_INFINITY,
  );
}

function shareOrNull(value: number): number | null {
  return value >= 0 && value <= 1 ? value : null;
}
