import type { FittedModel } from "./model.ts";

/**
 * The number of steps (trees, epochs) with the best mean validation average precision over the folds, counted from 1;
 * the fewest of equals. A fold that stopped earlier counts with its last value. Null when no fold watched its steps.
 */
export function bestStep(fitted: readonly Pick<FittedModel, "curve">[]): number | null {
  const curves = fitted.flatMap(({ curve }) => (curve === undefined || curve.length === 0 ? [] : [curve]));
  const longest = curves.reduce((most, curve) => Math.max(most, curve.length), 0);
  let best: { step: number; sum: number } | null = null;
  for (let step = 1; step <= longest; step++) {
    const sum = curves.reduce((total, curve) => total + (curve[Math.min(step, curve.length) - 1] ?? 0), 0);
    if (best === null || sum > best.sum) best = { step, sum };
  }
  return best?.step ?? null;
}
