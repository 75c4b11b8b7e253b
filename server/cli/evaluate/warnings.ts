import { findLeaks } from "#ml/evaluation/leak-detector.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { Slice } from "#ml/training/time-split.ts";

/**
 * What makes the figures of a test suspect, for a person: features of the training rows that give the label away, tell
 * rows apart or tell their time. Labels of other rows are not looked at. Times of labels are the protocol's own
 * (payment plus gap) and tell nothing.
 */
export function leakWarnings(dataset: Dataset, training: Pick<Slice, "rows" | "labels">): string[] {
  const labels = new Int8Array(dataset.rows).fill(-1);
  training.rows.forEach((row, i) => {
    labels[row] = training.labels[i] ?? -1;
  });
  return findLeaks({ ...dataset, labels })
    .filter(({ feature }) => feature !== null)
    .map(({ text }) => text);
}
