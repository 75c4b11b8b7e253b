import { bootstrapIntervals } from "#ml/evaluation/bootstrap.ts";
import { rankedCounts } from "#ml/evaluation/ranked-counts.ts";
import { bestStep } from "#ml/models/best-step.ts";
import type { Dataset } from "../dataset.ts";
import { type FitRun, type FoldFit, fitFold } from "../fit-candidate.ts";
import type { Slice } from "../time-split.ts";
import { candidateOf, type Trial } from "./draw-trials.ts";
import { type Figures, metricOf, type SearchMetric, searchMetrics } from "./metric.ts";

/** What a rung found of a configuration, on the whole validation slice. */
export type TrialMeasurement = {
  readonly share: number;
  readonly trainRows: number;
  readonly trainFrauds: number;
  readonly seconds: number;
  /** Trees or epochs kept by early stopping; null for a family without steps. */
  readonly steps: number | null;
  readonly figures: Figures;
  /** What each step was worth on the validation slice, at most `CURVE_POINTS` of them, evenly taken. */
  readonly curve: readonly { readonly step: number; readonly value: number }[];
};

const CURVE_POINTS = 100;

/** Fits a configuration on some rows and measures it on the validation slice. @throws as `fitFold` does */
export async function measureTrial(
  trial: Trial,
  { train, validation, share }: { readonly train: Slice; readonly validation: Slice; readonly share: number },
  { clock, replicates, ...run }: FitRun & { readonly clock: () => number; readonly replicates: number },
): Promise<{ readonly fit: FoldFit; readonly measurement: TrialMeasurement }> {
  const startedMs = clock();
  const fit = await fitFold(candidateOf(trial), { train, validation }, { ...run, watch: true });
  return {
    fit,
    measurement: {
      share,
      trainRows: train.rows.length,
      trainFrauds: train.labels.reduce((sum, label) => sum + label, 0),
      seconds: (clock() - startedMs) / 1000,
      steps: bestStep(fit.members),
      figures: figuresOf(fit.margins, run.dataset, validation, { seed: run.options.seed, replicates }),
      curve: thinned(fit.members[0]?.curve ?? []),
    },
  };
}

/** Each metric of the margins with its interval by customer. O(rows x replicates). */
function figuresOf(
  scores: Float64Array,
  { customerIds }: Dataset,
  { rows, labels }: Slice,
  options: { readonly seed: number; readonly replicates: number },
): Figures {
  const counts = rankedCounts(scores, labels);
  const clustered = { scores, labels, customerIds: Array.from(rows, (row) => customerIds[row] ?? "") };
  const metrics = searchMetrics.map((metric) => metricOf[metric]);
  const intervals = options.replicates < 2 ? [] : bootstrapIntervals(clustered, metrics, options);
  const figures = searchMetrics.map((metric, at) => [
    metric,
    { value: metricOf[metric](counts), interval: intervals[at] ?? null },
  ]);
  return Object.fromEntries(figures) as Record<SearchMetric, Figures[SearchMetric]>;
}

function thinned(curve: readonly number[]): TrialMeasurement["curve"] {
  const every = Math.max(1, Math.ceil(curve.length / CURVE_POINTS));
  return curve.flatMap((value, at) =>
    at % every === 0 || at === curve.length - 1 ? [{ step: at + 1, value }] : [],
  );
}
