import { createRng } from "#ml/math/seeded-random.ts";
import type { TrainingRows } from "./model.ts";

/**
 * At most `most` rows for a family that gains nothing from more: every fraud, and legitimate rows drawn without
 * replacement (Knuth's selection sampling, in their order), weighted so that together they count what all of them did.
 * The rows themselves where there are no more, or where frauds alone are more. Deterministic.
 */
export function rowSample(training: TrainingRows, most: number, seed: number): TrainingRows {
  const { rows, width, labels, weights, features } = training;
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const wanted = most - frauds;
  const legitimate = rows - frauds;
  if (rows <= most || wanted <= 0) return training;
  const rng = createRng(`row-sample:${seed}`);
  const sample = {
    width,
    rows: most,
    features: new Float64Array(most * width),
    labels: new Uint8Array(most),
    weights: new Float64Array(most),
  };
  let [at, left, need] = [0, legitimate, wanted];
  for (let row = 0; row < rows; row++) {
    const isFraud = labels[row] === 1;
    const isKept = isFraud || rng.next() * left < need;
    if (!isFraud) left--;
    if (!isKept) continue;
    if (!isFraud) need--;
    sample.features.set(features.subarray(row * width, (row + 1) * width), at * width);
    sample.labels[at] = labels[row] as number;
    sample.weights[at++] = (weights?.[row] ?? 1) * (isFraud ? 1 : legitimate / wanted);
  }
  return sample;
}
