import { fTail, fUpperQuantile } from "#ml/math/f-tail.ts";

/**
 * What a PSI does without drift. For independent rows PSI / (1/n + 1/m) is chi-square with bins - 1 degrees of
 * freedom. Rows of a window are not independent (the same customers pay again, features remember 30 days), so it is
 * larger by a factor, which the weeks before tell.
 */
export type ChanceDrift = {
  /** mean of PSI / (1/n + 1/m) of windows without drift, at least that of independent rows */
  readonly mean: number;
  /** degrees of freedom that the spread of those windows fits, between 1 and bins - 1 */
  readonly freedom: number;
  /** windows it was learned from */
  readonly windows: number;
};

export type SizedPsi = { readonly psi: number; readonly rows: number; readonly referenceRows: number };

/** PSI without its dependence on the sizes of the samples. */
function scaled({ psi, rows, referenceRows }: SizedPsi): number {
  return psi / (1 / rows + 1 / referenceRows);
}

/** Learns the chance level from windows that count as free of drift; null when there are fewer than 3. */
export function chanceDrift(windows: readonly SizedPsi[], bins: number): ChanceDrift | null {
  if (windows.length < 3) return null;
  const values = windows.map(scaled);
  const independent = Math.max(1, bins - 1);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const matched = variance > 0 ? (2 * mean * mean) / variance : 1;
  return {
    mean: Math.max(independent, mean),
    freedom: Math.min(independent, Math.max(1, matched)),
    windows: windows.length,
  };
}

/** Probability of at least this PSI without drift: an F tail, since the chance level itself is an estimate. */
export function chanceOf(psi: SizedPsi, { mean, freedom, windows }: ChanceDrift): number {
  return fTail(scaled(psi) / mean, freedom, freedom * windows);
}

/** The PSI that a window of these sizes exceeds without drift with probability `p`. */
export function chanceLimit(
  p: number,
  { rows, referenceRows }: Pick<SizedPsi, "rows" | "referenceRows">,
  { mean, freedom, windows }: ChanceDrift,
): number {
  return fUpperQuantile(p, freedom, freedom * windows) * mean * (1 / rows + 1 / referenceRows);
}
