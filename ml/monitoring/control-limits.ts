import { fUpperQuantile } from "#ml/math/f-tail.ts";

/** On which scale a figure varies evenly: rates near 0 and money by factors, others by differences. */
export type FigureScale = "linear" | "log" | "logit";

export type LimitOptions = {
  readonly scale: FigureScale;
  /** probability that a window without drift lies outside */
  readonly falseAlarms: number;
  /** smallest change on the scale that is worth an alert, however sure it is */
  readonly leastChange: number;
};

export type ControlLimits = { readonly centre: number; readonly lower: number; readonly upper: number };

/**
 * Limits for the next window from the windows before: a prediction interval of Student's t, so that few windows give
 * wide limits, never narrower than the least change worth telling. Null with fewer than 4 values on the scale.
 */
export function controlLimits(
  before: readonly (number | null)[],
  { scale, falseAlarms, leastChange }: LimitOptions,
): ControlLimits | null {
  const values = before.flatMap((value) => (value === null ? [] : finite(toScale(value, scale))));
  if (values.length < 4) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const freedom = values.length - 1;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom;
  const t = Math.sqrt(fUpperQuantile(falseAlarms, 1, freedom));
  const reach = Math.max(leastChange, t * Math.sqrt(variance * (1 + 1 / values.length)));
  return {
    centre: fromScale(mean, scale),
    lower: fromScale(mean - reach, scale),
    upper: fromScale(mean + reach, scale),
  };
}

function finite(value: number): number[] {
  return Number.isFinite(value) ? [value] : [];
}

function toScale(value: number, scale: FigureScale): number {
  if (scale === "linear") return value;
  return scale === "log" ? Math.log(value) : Math.log(value / (1 - value));
}

function fromScale(value: number, scale: FigureScale): number {
  if (scale === "linear") return value;
  return scale === "log" ? Math.exp(value) : 1 / (1 + Math.exp(-value));
}
