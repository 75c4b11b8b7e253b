import { money } from "#app/format/money.ts";
import { count, percent, plural } from "#app/format/number.ts";
import { windowWords } from "./reading.ts";
import type { LivePair, Tested } from "./types.ts";

type Comparison = LivePair["models"][number];
export type Measure = keyof Comparison["measures"];

/** A model of a table, with what it differs by from the first one. */
export type ComparedRow = {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly measures: Partial<Comparison["measures"]>;
  readonly difference: Partial<Comparison["measures"]> | null;
  readonly differenceInterval: Comparison["differenceInterval"];
};

type Column = { readonly measure: Measure; readonly label: string; readonly isBetterHigh: boolean };

export const measureColumns: readonly Column[] = [
  { measure: "averagePrecision", label: "Average precision", isBetterHigh: true },
  { measure: "rocAuc", label: "ROC AUC", isBetterHigh: true },
  { measure: "recallAtFpr001", label: "Recall at 0.1 % FPR", isBetterHigh: true },
  { measure: "recallAtFpr01", label: "Recall at 1 % FPR", isBetterHigh: true },
  { measure: "cardPrecision100", label: "Card precision@100", isBetterHigh: true },
  { measure: "expectedCostMinor", label: "Cost per 1,000", isBetterHigh: false },
  { measure: "brier", label: "Brier", isBetterHigh: false },
  { measure: "ece", label: "ECE", isBetterHigh: false },
];

const PER = 1_000;

/** A measure as people read it; costs are for 1,000 payments. */
export function measureText(measure: Measure, value: number | null | undefined, currency: string): string {
  if (value === null || value === undefined) return "–";
  if (measure === "expectedCostMinor") return money(Math.round(value * PER), currency);
  if (measure === "averagePrecision") return value.toFixed(3);
  if (measure === "rocAuc") return value.toFixed(4);
  if (measure === "brier") return value.toFixed(5);
  return percent(value, measure === "ece" ? 2 : 1);
}

/** "+0.012 (−0.003 to 0.027)"; only the difference where there is no interval; empty without one. */
export function differenceText(
  { difference, differenceInterval }: ComparedRow,
  measure: Measure,
  currency: string,
): string {
  const value = difference?.[measure];
  if (value === null || value === undefined) return "";
  const text = (one: number): string =>
    `${one < 0 ? "−" : "+"}${measureText(measure, Math.abs(one), currency)}`;
  const interval = differenceInterval?.[measure] ?? null;
  return interval === null
    ? text(value)
    : `${text(value)} (${text(interval.lower)} to ${text(interval.upper)})`;
}

/** Whether a difference is more than chance, and for the better or the worse; null when it is not, or can't be told. */
export function verdictOf({ differenceInterval }: ComparedRow, measure: Measure): "better" | "worse" | null {
  const interval = differenceInterval?.[measure] ?? null;
  if (interval === null || (interval.lower <= 0 && interval.upper >= 0)) return null;
  const isBetterHigh = measureColumns.find((column) => column.measure === measure)?.isBetterHigh ?? true;
  return interval.lower > 0 === isBetterHigh ? "better" : "worse";
}

/** What a table of models shows, by expected cost and average precision. */
export function modelsReading(rows: readonly ComparedRow[]): string {
  const [reference, ...rivals] = rows;
  if (reference === undefined) return "";
  const told = rivals.flatMap((rival) => {
    const parts = (["expectedCostMinor", "averagePrecision"] as const).flatMap((measure) => {
      const verdict = verdictOf(rival, measure);
      return verdict === null
        ? []
        : [`${verdict} in ${measure === "averagePrecision" ? "average precision" : "cost"}`];
    });
    return parts.length === 0 ? [] : [`${rival.name} is ${parts.join(" and ")}`];
  });
  if (told.length > 0) return `Beside ${reference.name}: ${told.join("; ")}`;
  const isTold = rivals.some(({ differenceInterval }) => differenceInterval !== null);
  return isTold
    ? `None differs from ${reference.name} in cost or average precision by more than chance`
    : `${plural(rows.length, "model")} on the same payments`;
}

/** Which live payments two models are compared on. */
export function pairNote({ rows, frauds }: LivePair, replicates: number): string {
  return `${plural(rows, "payment")} of the window with ${plural(frauds, "fraud")}, scored live by both. Under each figure its difference to the first model; 95 % intervals by ${replicates} draws of customers (card precision: of days).`;
}

/** That test rows stand in for live ones, and which they are. */
export function testedNote({ rows, frauds, compared, ...tested }: Tested): string {
  const window = windowWords(tested);
  const interval =
    compared === null
      ? "This training was made before paired differences were kept: train again to have them, and the cost."
      : `Under each figure its difference to the first model; 95 % intervals by ${compared.replicates} draws of customers (card precision: of days).`;
  const shown = compared === null ? { rows, frauds } : compared;
  return `These have no live scores: shown is how they scored the ${count(shown.rows)} test payments of ${window} (${plural(shown.frauds, "fraud")}), which none had learned from. ${interval}`;
}
