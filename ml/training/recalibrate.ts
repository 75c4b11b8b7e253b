import { type Calibrator, calibrate, monotonePlatt, servingIsotonic } from "#ml/calibration/calibrator.ts";
import { evaluateScores } from "#ml/evaluation/evaluation-report.ts";
import { type ArtifactSlice, encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import { type AvailableFamily, isAvailableFamily } from "#ml/models/families.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { referenceOf } from "#ml/monitoring/feature-reference.ts";
import type { Dataset } from "./dataset.ts";
import { datasetHash } from "./dataset-hash.ts";
import { weightsOf } from "./imbalance.ts";
import { scoreRows } from "./score-dataset.ts";
import { testRowsWith } from "./test-scores.ts";
import { DAY_MS, type LabelRule, type Slice, sliceOf } from "./time-split.ts";
import type { TrainingResult } from "./train.ts";
import { unionOf } from "./training-plan.ts";

export type RecalibrateOptions = LabelRule & {
  readonly nowMs: number;
  readonly seed: number;
  readonly bootstrapReplicates: number;
};

/** How a new calibration was chosen; Brier scores are of the later rows that no calibration was fitted on. */
export type RecalibrationFindings = {
  readonly chosen: "isotonic" | "platt";
  readonly brier: { readonly current: number; readonly isotonic: number; readonly platt: number };
  /** first fitted on, chosen on, and judged on: one after the other in time */
  readonly fitted: ArtifactSlice;
  readonly chosenOn: ArtifactSlice;
  readonly judged: ArtifactSlice;
};

export type Recalibrated = { readonly result: TrainingResult; readonly findings: RecalibrationFindings };

const RECENT_DAYS = 90;
const LEAST_FRAUDS = 80;

/**
 * The mature payments that a model may be calibrated on anew: those after what it learned from, of the last 90 days.
 * @throws RangeError when none has matured since
 */
export function recalibrationWindow(
  { slices }: Pick<ModelArtifact, "slices">,
  { nowMs, maturityDays }: { readonly nowMs: number; readonly maturityDays: number },
): { readonly fromMs: number; readonly toMs: number } {
  const toMs = nowMs - maturityDays * DAY_MS;
  const fromMs = Math.max(slices.train.toMs, toMs - RECENT_DAYS * DAY_MS);
  if (toMs <= fromMs) throw new RangeError("no payment has matured since those that the model learned from");
  return { fromMs, toMs };
}

/**
 * The same model with another calibration, from recent mature rows and its raw margins: isotonic and Platt are fitted
 * on the rows up to half of the frauds, the one with the lower Brier score on the next quarter is fitted again on both,
 * and the last quarter is left for judging. The artefact names its parent and holds no clock.
 * @throws RangeError when fewer than 80 frauds have matured since, or the model reads other features or gives a margin
 *   that is not finite.
 */
export function recalibrate(
  parent: ModelArtifact,
  dataset: Dataset,
  options: RecalibrateOptions,
): Recalibrated {
  const started = performance.now();
  const family = familyOf(parent);
  const [fit, choice, judged] = cutByFrauds(dataset, recalibrationWindow(parent, options), options);
  const both = unionOf([fit, choice]);
  const first = learnable(parent, dataset, fit);
  const later = learnable(parent, dataset, choice);
  const all = learnable(parent, dataset, both);
  const brier = {
    current: brierOf(parent.calibrator, later),
    isotonic: brierOf(fits.isotonic(first), later),
    platt: brierOf(fits.platt(first), later),
  };
  const chosen = brier.isotonic < brier.platt ? "isotonic" : "platt";
  const calibrator = fits[chosen](all);
  const scorer = loadScorer({ ...parent, calibrator });
  const scores = scoreRows(scorer, dataset, judged.rows);
  const testScores = testRowsWith(scores, dataset, judged);
  const test = evaluateScores({
    ...testScores,
    seed: options.seed,
    replicates: options.bootstrapReplicates,
  });
  const slices = { train: parent.slices.train, validation: summaryOf(both), test: summaryOf(judged) };
  const artifact: ModelArtifact = {
    ...parent,
    calibrator,
    parent: encodeArtifact(parent).hash,
    reference: { ...parent.reference, score: scoreReference(all.margins, calibrator) },
    slices,
    seed: options.seed,
    options: { recalibration: options },
    metrics: { [family]: { validationAveragePrecision: null, test } },
    dataHash: datasetHash(dataset),
    libraries: { ...parent.libraries, node: process.versions.node },
  };
  const seconds = (performance.now() - started) / 1000;
  const report = {
    family,
    validationAveragePrecision: null,
    test,
    calibrator: calibrator.kind,
    trainRows: both.rows.length,
    fitSeconds: seconds,
    predictSeconds: 0,
  };
  return {
    result: {
      artifact,
      selected: family,
      reports: { [family]: report },
      candidates: [],
      runnerUp: null,
      split: slices,
      testRows: judged.rows,
      testScores,
      familyScores: { [family]: scores },
    },
    findings: {
      chosen,
      brier,
      fitted: summaryOf(fit),
      chosenOn: summaryOf(choice),
      judged: summaryOf(judged),
    },
  };
}

/** Raw margins with their labels; without weights every row counts 1. */
type Learnable = {
  readonly margins: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

const fits = {
  isotonic: ({ margins, labels, weights }: Learnable): Calibrator =>
    servingIsotonic(margins, labels, monotonePlatt(margins, labels, weights), weights),
  platt: ({ margins, labels, weights }: Learnable): Calibrator => monotonePlatt(margins, labels, weights),
};

function learnable(parent: ModelArtifact, dataset: Dataset, slice: Slice): Learnable {
  return {
    margins: marginsOf(parent, dataset, slice),
    labels: slice.labels,
    weights: weightsOf(dataset, slice.rows),
  };
}

function brierOf(calibrator: Calibrator, { margins, labels, weights }: Learnable): number {
  let [squares, total] = [0, 0];
  for (const [row, margin] of margins.entries()) {
    const weight = weights === null ? 1 : (weights[row] as number);
    squares += weight * (calibrate(calibrator, margin) - (labels[row] as number)) ** 2;
    total += weight;
  }
  return squares / total;
}

function familyOf({ family }: ModelArtifact): AvailableFamily {
  if (!isAvailableFamily(family)) throw new RangeError(`model family ${family} is unknown to this version`);
  return family;
}

/** Rows up to half of the frauds, up to three quarters of them, and the rest, in order of time. */
function cutByFrauds(
  dataset: Dataset,
  window: { readonly fromMs: number; readonly toMs: number },
  { nowMs, unlabelled, maturityDays }: RecalibrateOptions,
): [Slice, Slice, Slice] {
  const rule = { unlabelled, maturityDays, knownAtMs: nowMs };
  const whole = sliceOf(dataset, window, rule);
  const frauds = Array.from(whole.rows)
    .filter((_, at) => whole.labels[at] === 1)
    .map((row) => dataset.occurredAtMs[row] as number)
    .sort((a, b) => a - b);
  if (frauds.length < LEAST_FRAUDS) {
    throw new RangeError(
      `${frauds.length} of ${LEAST_FRAUDS} frauds have matured since what the model learned from: too few to calibrate on`,
    );
  }
  const after = (share: number): number => (frauds[Math.ceil(frauds.length * share) - 1] as number) + 1;
  const [half, most] = [after(1 / 2), after(3 / 4)];
  const slice = (fromMs: number, toMs: number): Slice => sliceOf(dataset, { fromMs, toMs }, rule);
  return [slice(window.fromMs, half), slice(half, most), slice(most, window.toMs)];
}

function marginsOf(artifact: ModelArtifact, dataset: Dataset, { rows }: Slice): Float64Array {
  const scorer = loadScorer(artifact);
  if (scorer.featureSet.version !== dataset.featureSet.version) {
    throw new RangeError(
      `the model reads ${scorer.featureSet.version}, the rows hold ${dataset.featureSet.version}`,
    );
  }
  const margins = new Float64Array(rows.length);
  for (const [at, row] of rows.entries()) {
    const features = dataset.features.subarray(row * dataset.width, (row + 1) * dataset.width);
    scorer.margins(features, 1, margins.subarray(at, at + 1));
  }
  if (!margins.every(Number.isFinite)) throw new RangeError("the model gives a margin that is not finite");
  return margins;
}

function scoreReference(margins: Float64Array, calibrator: Calibrator): ModelArtifact["reference"]["score"] {
  const scores = margins.map((margin) => calibrate(calibrator, margin));
  const [score] = referenceOf(scores, scores.length, 1, [{ name: "score", isCategory: false }]);
  return score ?? { name: "score", cuts: [], counts: [scores.length], missing: 0 };
}

function summaryOf({ window, rows, labels }: Slice): ArtifactSlice {
  return { ...window, rows: rows.length, frauds: labels.reduce((sum, label) => sum + label, 0) };
}
