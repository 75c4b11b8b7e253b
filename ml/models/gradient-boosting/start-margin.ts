type Labelled = {
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

/** Log-odds of the weighted prevalence, with half a row added to either class so that a single class stays finite. */
export function startMargin({ rows, labels, weights }: Labelled): number {
  let [frauds, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    total += weight;
    frauds += weight * (labels[row] as number);
  }
  return Math.log((frauds + 0.5) / (total - frauds + 0.5));
}
