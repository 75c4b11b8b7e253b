import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { baggedModel } from "#ml/models/bagging.ts";
import { bestStep } from "#ml/models/best-step.ts";
import { fitFamily, type MemberFamily } from "#ml/models/families.ts";
import type { FitContext, FittedModel, TrainingRows } from "#ml/models/model.ts";
import type { Candidate } from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import { allRows, balancedRows } from "./imbalance.ts";
import { samplesFor } from "./imbalance-method.ts";
import type { Slice } from "./time-split.ts";
import type { TrainOptions } from "./train-options.ts";
import type { SelectionFold } from "./training-plan.ts";

export type CandidateFit = {
  readonly model: FittedModel;
  /** The fits behind the model: itself, or the members of a bag. */
  readonly members: readonly FittedModel[];
  /** Prior correction of the model's margin. */
  readonly marginOffset: number;
  readonly trainRows: number;
};

/** A fit judged on validation rows it did not learn from. */
export type FoldFit = CandidateFit & {
  /** Corrected margins of the fold's validation rows. */
  readonly margins: Float64Array;
  readonly averagePrecision: number;
};

export type FitRun = {
  readonly dataset: Dataset;
  readonly options: Pick<TrainOptions, "imbalance" | "seed">;
  readonly context: FitContext;
};

/** Legitimate rows that early stopping looks at; more only cost time. They are weighted to the slice's own number. */
const WATCHED_NEGATIVES = 50_000;
/** Keeps the seeds of a bag's members apart from those of neighbouring runs. */
const MEMBER_SEED_STEP = 1_000_003;

/** Fits a candidate on a slice; `watched` are the rows of early stopping, if any. @throws the signal's reason */
export async function fitCandidate<F extends MemberFamily>(
  candidate: Candidate<F>,
  slice: Slice,
  { dataset, options, context, watched }: FitRun & { readonly watched?: TrainingRows },
): Promise<CandidateFit> {
  const validation = watched ?? noRows(dataset.width);
  const samples = samplesFor(candidate.imbalance, dataset, slice, options);
  const members: FittedModel[] = [];
  let marginOffset = 0;
  let trainRows = 0;
  for (const [member, sample] of samples.entries()) {
    const balanced = sample();
    const fit = await fitFamily(candidate.family, {
      training: balanced.rows,
      validation,
      options: candidate.options,
      context: memberContext(context, member, samples.length),
    });
    members.push(fit);
    marginOffset += balanced.marginOffset / samples.length;
    trainRows = Math.max(trainRows, balanced.rows.rows);
  }
  const [only] = members;
  const model = only !== undefined && members.length === 1 ? only : baggedModel(members);
  return { model, members, marginOffset, trainRows };
}

/**
 * Fits a candidate on a fold's training rows and judges it on its validation rows. Only with `watch` may the fit stop
 * early by those.
 * @throws RangeError when a margin is not finite; the signal's reason when aborted.
 */
export async function fitFold<F extends MemberFamily>(
  candidate: Candidate<F>,
  fold: SelectionFold,
  { watch, ...run }: FitRun & { readonly watch: boolean },
): Promise<FoldFit> {
  const watched = watch
    ? watchedRows(run.dataset, fold.validation, run.options.seed)
    : noRows(run.dataset.width);
  const fit = await fitCandidate(candidate, fold.train, { ...run, watched });
  const validation = allRows(run.dataset, fold.validation);
  const margins = new Float64Array(validation.rows);
  fit.model.margins(validation.features, validation.rows, margins);
  for (let row = 0; row < margins.length; row++) {
    margins[row] = (margins[row] as number) + fit.marginOffset;
  }
  if (!margins.every(Number.isFinite)) {
    throw new RangeError(`${candidate.family} gives scores that are not numbers`);
  }
  return { ...fit, margins, averagePrecision: averagePrecision(margins, validation.labels) ?? 0 };
}

/**
 * Average precision of each fold's fit at the number of steps that is best over the folds together: the figure of the
 * model as stopped on its own fold, less what choosing its steps on that very fold had gained on the curve.
 */
export function sharedStepPrecision(fits: readonly FoldFit[]): number[] {
  const step = bestStep(fits.flatMap(({ members }) => members));
  return fits.map(({ averagePrecision: own, members }) => {
    const gains = members.flatMap(({ curve }) =>
      step === null || curve === undefined || curve.length === 0
        ? []
        : [Math.max(...curve) - (curve[Math.min(step, curve.length) - 1] ?? 0)],
    );
    return own - mean(gains);
  });
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function memberContext(context: FitContext, member: number, members: number): FitContext {
  if (members === 1) return context;
  return {
    ...context,
    seed: context.seed + member * MEMBER_SEED_STEP,
    onProgress: ({ step, steps, note }) =>
      context.onProgress({
        step: member + step / Math.max(1, steps),
        steps: members,
        note: `member ${member + 1} of ${members}, ${note}`,
      }),
  };
}

function watchedRows(dataset: Dataset, slice: Slice, seed: number): TrainingRows {
  const frauds = slice.labels.reduce((sum, label) => sum + label, 0);
  if (frauds === 0 || slice.rows.length - frauds <= WATCHED_NEGATIVES) return allRows(dataset, slice);
  const thinned = { negativesPerPositive: WATCHED_NEGATIVES / frauds, positiveWeight: 1 };
  const { rows, keptShare } = balancedRows(dataset, slice, thinned, seed);
  return {
    ...rows,
    weights: Float64Array.from(
      rows.labels,
      (label, i) => (rows.weights?.[i] ?? 1) * (label === 1 ? 1 : 1 / keptShare),
    ),
  };
}

function noRows(width: number): TrainingRows {
  return { width, rows: 0, features: new Float64Array(0), labels: new Uint8Array(0), weights: null };
}
