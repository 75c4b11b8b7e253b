import { type AvailableFamily, isLabelFree } from "#ml/models/families.ts";
import type { Slice, TimeSplit } from "./time-split.ts";

/** One look at how a configuration does on rows it did not learn from. */
export type SelectionFold = { readonly train: Slice; readonly validation: Slice };

/**
 * What a training run may look at, and for what. Family, options, imbalance method, number of steps, calibrator and
 * ensemble weights are chosen on the folds, out of sample; the chosen configuration is then fitted on `final`, or,
 * where that is null, the model of the only fold is kept. The test slice is looked at once, when all is chosen.
 * A row may be validated in one fold at most.
 */
export type TrainingPlan = {
  readonly folds: readonly SelectionFold[];
  readonly final: Slice | null;
  readonly test: Slice;
};

/** The plan of a plain split: one fold, fitted once more on both of its slices when `refit` is asked for. */
export function planOfSplit(split: TimeSplit, { refit }: { readonly refit: boolean }): TrainingPlan {
  const { train, validation, test } = split;
  return {
    folds: [{ train, validation }],
    final: refit ? unionOf([train, validation]) : null,
    test,
  };
}

/** The rows of several slices together, ascending, each once with the label of the first slice that holds it. */
export function unionOf(slices: readonly Slice[]): Slice {
  const last = slices.reduce((most, { rows }) => rows.reduce((max, row) => Math.max(max, row), most), -1);
  const labelOf = new Int8Array(last + 1).fill(-1);
  let count = 0;
  for (const slice of slices) {
    for (let i = 0; i < slice.rows.length; i++) {
      const row = slice.rows[i] as number;
      if (labelOf[row] !== -1) continue;
      labelOf[row] = slice.labels[i] as number;
      count++;
    }
  }
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; row <= last; row++) if (labelOf[row] !== -1) rows[at++] = row;
  return {
    window: {
      fromMs: Math.min(...slices.map(({ window }) => window.fromMs)),
      toMs: Math.max(...slices.map(({ window }) => window.toMs)),
    },
    rows,
    labels: Uint8Array.from(rows, (row) => labelOf[row] as number),
  };
}

/** What the final models learn from. @throws RangeError when the plan has no fold */
export function learnedSlice({ folds, final }: TrainingPlan): Slice {
  const slice = final ?? folds[0]?.train;
  if (slice === undefined) throw new RangeError("a training plan needs at least one fold");
  return slice;
}

/**
 * @throws RangeError when the plan has no fold, has several but nothing to fit in the end, validates a row twice, or
 * a slice to learn from holds only one class where a family needs both.
 */
export function checkPlan({ folds, final }: TrainingPlan, families: readonly AvailableFamily[]): void {
  if (folds.length === 0) throw new RangeError("a training plan needs at least one fold");
  if (folds.length > 1 && final === null) {
    throw new RangeError("a plan of several folds needs a slice for the final fit");
  }
  const validated = folds.reduce((sum, { validation }) => sum + validation.rows.length, 0);
  if (folds.length > 1 && unionOf(folds.map((fold) => fold.validation)).rows.length < validated) {
    throw new RangeError("a row may be validated in one fold only");
  }
  if (families.every(isLabelFree)) return;
  for (const [at, fold] of folds.entries()) {
    const place = folds.length === 1 ? "" : ` of fold ${at + 1}`;
    requireBothClasses(fold.train, `train window${place}`);
    requireBothClasses(fold.validation, `validation window${place}`);
  }
}

function requireBothClasses({ rows, labels }: Slice, name: string): void {
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  if (frauds === 0) throw new RangeError(`the ${name} holds no payment labelled fraud (${rows.length} rows)`);
  if (frauds === rows.length)
    throw new RangeError(`the ${name} holds no legitimate payment (${rows.length} rows)`);
}
