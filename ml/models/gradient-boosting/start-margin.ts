/** Where a fit starts: at the log-odds of the training rows' prevalence, or at even odds. */
export type StartMargin = "prevalence" | "even";

type Labelled = {
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

/**
 * Margin of every row before the first tree. "prevalence": log-odds of the weighted prevalence, with half a row added to
 * either class so that a single class stays finite. "even": 0. From there the first trees part frauds from the rest while
 * every row still has the largest Hessian, a quarter of its weight.
 */
export function startMarginOf(kind: StartMargin, { rows, labels, weights }: Labelled): number {
  if (kind === "even") return 0;
  let [frauds, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    total += weight;
    frauds += weight * (labels[row] as number);
  }
  return Math.log((frauds + 0.5) / (total - frauds + 0.5));
}
