import type { Dataset } from "./dataset.ts";
import { type LabelRule, type SplitWindows, sliceOf, type TimeWindow } from "./time-split.ts";
import type { SelectionFold } from "./training-plan.ts";

export type WalkForward = LabelRule & {
  /** Folds wanted; fewer come back where history ends first. */
  readonly folds: number;
  /** When the labels of validated rows are read. */
  readonly nowMs: number;
};

/**
 * Prequential selection folds before a test window, latest first: train, gap and validation of `windows`, and the same
 * each time one validation length earlier, fitted anew. Training rows carry the labels known when their validation
 * begins, as they would have been at that time. Earlier folds keep the start of training and so learn from less; a fold
 * that would keep under half of the training window, or lacks a class, ends the walk (Gama, Sebastião and Rodrigues
 * 2013, on prequential evaluation).
 */
export function walkForward(
  dataset: Dataset,
  windows: Pick<SplitWindows, "train" | "validation">,
  { folds, nowMs, ...rule }: WalkForward,
): SelectionFold[] {
  const { train, validation } = windows;
  const stepMs = validation.toMs - validation.fromMs;
  const walked: SelectionFold[] = [];
  for (let back = 0; back < folds; back++) {
    const learnt: TimeWindow = { fromMs: train.fromMs, toMs: train.toMs - back * stepMs };
    if (2 * (learnt.toMs - learnt.fromMs) < train.toMs - train.fromMs) break;
    const judged = { fromMs: validation.fromMs - back * stepMs, toMs: validation.toMs - back * stepMs };
    const fold = {
      train: sliceOf(dataset, learnt, { ...rule, knownAtMs: Math.min(judged.fromMs, nowMs) }),
      validation: sliceOf(dataset, judged, { ...rule, knownAtMs: nowMs }),
    };
    if (back > 0 && !(hasBothClasses(fold.train.labels) && hasBothClasses(fold.validation.labels))) break;
    walked.push(fold);
  }
  return walked;
}

function hasBothClasses(labels: Uint8Array): boolean {
  return labels.includes(0) && labels.includes(1);
}
