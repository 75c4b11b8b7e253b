import type { TrainingRows } from "../../model.ts";

/** Weighted mean of log(1 + e^z) - y z. Null without rows. */
export function meanLogLoss(
  { rows, labels, weights }: Pick<TrainingRows, "rows" | "labels" | "weights">,
  margins: Float64Array,
): number | null {
  let [sum, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const z = margins[row] ?? Number.NaN;
    const weight = weights?.[row] ?? 1;
    sum += weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (labels[row] ?? 0) * z);
    total += weight;
  }
  return total > 0 ? sum / total : null;
}
