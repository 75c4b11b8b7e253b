import { fitCalibrator } from "#ml/calibration/calibrator.ts";
import { curvePoints, thinnedCurve } from "#ml/evaluation/curves.ts";
import type { ImportanceRecord, ModelArtifact } from "#ml/models/artifact.ts";
import { artifactOf } from "../artifact-of.ts";
import type { Dataset } from "../dataset.ts";
import type { FoldFit } from "../fit-candidate.ts";
import { weightsOf } from "../imbalance.ts";
import { importanceOf } from "../importance-of.ts";
import type { TimeSplit } from "../time-split.ts";
import type { TrainOptions } from "../train-options.ts";
import type { Trial } from "./draw-trials.ts";

export type TrialArtifact = {
  readonly artifact: ModelArtifact;
  readonly importance: readonly ImportanceRecord[] | null;
  /** Precision over recall on the validation slice, the highest threshold first. */
  readonly curve: readonly { readonly recall: number; readonly precision: number }[];
};

const CURVE_POINTS = 120;

/**
 * The artefact of a configuration that learned from all rows, ready to score, with what its features are worth. It says
 * nothing of the test slice, which no trial has seen. @throws the signal's reason when aborted
 */
export async function trialArtifact(
  { trial, fit }: { readonly trial: Trial; readonly fit: FoldFit },
  { dataset, split }: { readonly dataset: Dataset; readonly split: TimeSplit },
  { options, signal }: { readonly options: TrainOptions; readonly signal: AbortSignal | null },
): Promise<TrialArtifact> {
  const plan = { folds: [split], final: null, test: split.test };
  const importance = await importanceOf(fit.model, dataset, plan, { ...options, signal });
  const { calibrator } = fitCalibrator(
    fit.margins,
    split.validation.labels,
    options.seed,
    weightsOf(dataset, split.validation.rows),
  );
  const { model, marginOffset } = fit;
  const artifact = artifactOf({
    dataset,
    plan,
    options,
    selected: { family: trial.family, model, marginOffset, calibrator },
    reports: {},
    candidates: [],
    runnerUp: null,
    importance,
  });
  const points = thinnedCurve(curvePoints(fit.margins, split.validation.labels), CURVE_POINTS);
  const curve = points.map(({ recall, precision }) => ({ recall: recall ?? 0, precision: precision ?? 0 }));
  return { artifact, importance, curve };
}
