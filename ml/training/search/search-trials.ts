import type { FitProgress } from "#ml/models/model.ts";
import type { Dataset } from "../dataset.ts";
import type { FitRun, FoldFit } from "../fit-candidate.ts";
import type { TimeSplit } from "../time-split.ts";
import type { TrainOptions } from "../train-options.ts";
import { drawTrials, type Trial, type TrialDraw } from "./draw-trials.ts";
import { type HalvingEnd, halve, type RungEnd } from "./halving.ts";
import { measureTrial, type TrialMeasurement } from "./measure-trial.ts";
import type { SearchMetric } from "./metric.ts";
import { type Rung, rungsFor, sharedRows } from "./rungs.ts";

export type Search = {
  readonly dataset: Dataset;
  readonly split: Pick<TimeSplit, "train" | "validation">;
  readonly metric: SearchMetric;
  readonly draw: Omit<TrialDraw, "imbalance" | "seed">;
  readonly options: Pick<TrainOptions, "imbalance" | "seed" | "bootstrapReplicates">;
  readonly budgetMs: number;
};

/** What becomes of a search is told as it goes on; a returned promise is waited for. */
export type SearchWatch = {
  readonly signal: AbortSignal | null;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock: () => number;
  readonly onPlan: (trials: readonly Trial[], rungs: readonly Rung[]) => Promise<void>;
  readonly onTrial: (trial: Trial, rung: number) => Promise<void>;
  readonly onProgress: (trial: Trial, progress: FitProgress) => void;
  /** `fit` is null below the last rung. */
  readonly onMeasured: (trial: Trial, rung: number, measured: MeasuredTrial) => Promise<void>;
  readonly onFailed: (trial: Trial, rung: number, reason: string) => Promise<void>;
  readonly onRungEnd: (rung: number, end: RungEnd<Trial>) => Promise<void>;
};

export type MeasuredTrial = { readonly measurement: TrialMeasurement; readonly fit: FoldFit | null };
export type SearchEnd = HalvingEnd<Trial, TrialMeasurement> & {
  readonly trials: readonly Trial[];
  readonly rungs: readonly Rung[];
};

/**
 * Draws configurations and halves them under the time budget: each rung fits them on its share of the training slice
 * and compares them by the metric on the whole validation slice. The test slice is not even passed in.
 * @throws the signal's reason soon after it aborts.
 */
export async function searchTrials(search: Search, watch: SearchWatch): Promise<SearchEnd> {
  const { dataset, split, metric, options, budgetMs } = search;
  const { seed, imbalance, bootstrapReplicates: replicates } = options;
  const trials = drawTrials(split.train, { ...search.draw, imbalance, seed });
  const frauds = split.train.labels.reduce((sum, label) => sum + label, 0);
  const rungs = rungsFor(trials.length, frauds);
  await watch.onPlan(trials, rungs);
  const deadline = watch.clock() + budgetMs;
  const slices = rungs.map(({ share }) => sharedRows(split.train, share, seed));
  const end = await halve<Trial, TrialMeasurement>(trials, {
    rungs,
    budgetMs,
    clock: watch.clock,
    onRungEnd: watch.onRungEnd,
    measure: async (trial, rung) => {
      await watch.onTrial(trial, rung);
      // The first trial has no limit, so that a search always ends with a model.
      const limit = limited(watch, trial, trial === trials[0] ? Number.POSITIVE_INFINITY : deadline);
      const run = {
        dataset,
        options,
        context: contextOf(dataset, seed, limit),
        clock: watch.clock,
        replicates,
      };
      const train = slices[rung] ?? split.train;
      try {
        const shared = { train, validation: split.validation, share: rungs[rung]?.share ?? 1 };
        const { fit, measurement } = await measureTrial(trial, shared, run);
        await watch.onMeasured(trial, rung, { measurement, fit: rung + 1 === rungs.length ? fit : null });
        const { value } = measurement.figures[metric];
        return { value: value ?? 0, measurement };
      } catch (error) {
        watch.signal?.throwIfAborted();
        if (limit.isOver()) return "late";
        if (!(error instanceof RangeError)) throw error;
        await watch.onFailed(trial, rung, error.message);
        return "failed";
      }
    },
  });
  return { ...end, trials, rungs };
}

type Limit = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FitProgress) => void;
  readonly isOver: () => boolean;
};

/** Passes a fit's progress on and ends the fit once the deadline is past. */
function limited({ signal, clock, onProgress }: SearchWatch, trial: Trial, deadline: number): Limit {
  const ending = new AbortController();
  return {
    signal: signal === null ? ending.signal : AbortSignal.any([signal, ending.signal]),
    isOver: () => ending.signal.aborted,
    onProgress: (progress) => {
      onProgress(trial, progress);
      if (clock() >= deadline) ending.abort(new Error("the time of the search is over"));
    },
  };
}

function contextOf(dataset: Dataset, seed: number, { signal, onProgress }: Limit): FitRun["context"] {
  const { definitions } = dataset.featureSet;
  return {
    featureNames: definitions.map((definition) => definition.name),
    definitions,
    seed,
    signal,
    onProgress,
  };
}
