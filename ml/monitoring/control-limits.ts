import { chiSquareTail } from "#ml/math/chi-square-tail.ts";
import { fUpperQuantile } from "#ml/math/f-tail.ts";
import { normalQuantile } from "#ml/math/normal.ts";

/** On which scale a figure varies evenly: money by factors, rates of rare events by differences of their roots. */
export type FigureScale = "linear" | "log" | "logit" | "root";

export type LimitOptions = {
  readonly scale: FigureScale;
  /** probability that a window without drift lies outside */
  readonly falseAlarms: number;
  /** smallest change on the scale that is worth an alert, however sure it is */
  readonly leastChange: number;
  /** standard deviation on the scale that independent payments would give a window; null where it is not known */
  readonly chance?: number | null;
};

/** How a figure varied in the windows before, on its scale. */
export type UsualSpread = {
  readonly mean: number;
  readonly spread: number;
  readonly windows: number;
  /** degrees of freedom of the spread; null where it is that of independent payments, and so known */
  readonly freedom: number | null;
  readonly leastChange: number;
};

export type ControlLimits = UsualSpread & {
  /** in the unit of the figure */
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
};

const LEAST_WINDOWS = 4;
/** Windows that vary more than this often happens by chance vary by more than chance. */
const OVERDISPERSED = 0.1;

/**
 * Limits for the next window from the windows before: a prediction interval of Student's t, so that few windows give
 * wide limits, or of the normal distribution where the windows vary as independent payments would; never narrower than
 * the least change worth telling. Null with fewer than 4 values on the scale.
 */
export function controlLimits(
  before: readonly (number | null)[],
  options: LimitOptions,
): ControlLimits | null {
  const { scale, falseAlarms } = options;
  const usual = usualSpread(before, options);
  if (usual === null) return null;
  const reach = reachOf(usual, falseAlarms, 1);
  return {
    ...usual,
    centre: fromScale(usual.mean, scale),
    lower: fromScale(usual.mean - reach, scale),
    upper: fromScale(usual.mean + reach, scale),
  };
}

/** How far the mean of so many windows may lie from the usual on the scale, but for a share of false alarms. */
export function reachOf(usual: UsualSpread, falseAlarms: number, windows: number): number {
  const { spread, freedom, leastChange } = usual;
  const quantile =
    freedom === null ? normalQuantile(1 - falseAlarms / 2) : studentQuantile(falseAlarms, freedom);
  return Math.max(leastChange, quantile * spread * Math.sqrt(1 / windows + 1 / usual.windows));
}

const students = new Map<string, number>();

/** Found by bisection, and the same few are asked for again and again. */
function studentQuantile(falseAlarms: number, freedom: number): number {
  const key = `${falseAlarms} ${freedom}`;
  const known = students.get(key) ?? Math.sqrt(fUpperQuantile(falseAlarms, 1, freedom));
  students.set(key, known);
  return known;
}

function usualSpread(
  before: readonly (number | null)[],
  { scale, leastChange, chance = null }: LimitOptions,
): UsualSpread | null {
  const values = before
    .flatMap((value) => (value === null ? [] : toScale(value, scale)))
    .filter((value) => Number.isFinite(value));
  if (values.length < LEAST_WINDOWS) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const freedom = values.length - 1;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const own = { mean, spread: Math.sqrt(squares / freedom), windows: values.length, freedom, leastChange };
  if (chance === null || chance <= 0) return own;
  return chiSquareTail(squares / (chance * chance), freedom) > OVERDISPERSED
    ? { ...own, spread: chance, freedom: null }
    : own;
}

/** A figure on the scale on which it varies evenly. */
export function toScale(value: number, scale: FigureScale): number {
  if (scale === "linear") return value;
  if (scale === "root") return Math.sqrt(value);
  return scale === "log" ? Math.log(value) : Math.log(value / (1 - value));
}

function fromScale(value: number, scale: FigureScale): number {
  if (scale === "linear") return value;
  if (scale === "root") return Math.max(0, value) ** 2;
  return scale === "log" ? Math.exp(value) : 1 / (1 + Math.exp(-value));
}
