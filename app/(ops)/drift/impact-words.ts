import type { Drift, DriftSeries } from "./types.ts";
import { seriesValue } from "./words.ts";

/** The figures that a shift is judged by, most telling first. */
export const impactFigures = ["estimatedRecall", "estimatedCost", "alertRate", "reportedRate"] as const;
type ImpactFigure = (typeof impactFigures)[number];

/** What the shift of the week looked at does to recall and cost, in one line. */
export function impactReading({ series, at, weeks }: Pick<Drift, "series" | "at" | "weeks">): string {
  if (weeks[at]?.enough === false) return "Too few payments to say what this week does to recall and cost";
  const [recall, cost] = [told(series, "estimatedRecall", at), told(series, "estimatedCost", at)];
  if (recall === null && cost === null) return "What this does to recall and cost can't be said yet";
  const outside = (["estimatedRecall", "estimatedCost", "alertRate"] as const).filter(
    (name) => series.find((each) => each.name === name)?.weeks[at]?.outside != null,
  );
  const figures = [recall, cost].filter((each) => each !== null).join(", ");
  return outside.length === 0
    ? `Recall and cost are as usual: ${figures}`
    : `The shift shows in what fraud costs: ${figures}`;
}

/** A figure beside the middle of what is usual; null where either is not known. */
function told(all: readonly DriftSeries[], name: ImpactFigure, at: number): string | null {
  const series = all.find((each) => each.name === name);
  const value = series?.weeks[at]?.value ?? null;
  const centre = series?.centre ?? null;
  if (value === null || centre === null) return null;
  if (name === "estimatedRecall") {
    return `estimated recall ${seriesValue(name, value)}, ${signed((value - centre) * 100)} points on the usual`;
  }
  return `expected cost a payment ${signed((value / centre - 1) * 100)} % on the usual`;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return text === "0.0" ? "±0.0" : `${value > 0 ? "+" : "−"}${text}`;
}
