import { createHash } from "node:crypto";
import {
  type ArtifactSlice,
  artifactFormat,
  artifactFormatVersion,
  type ImportanceRecord,
  type ModelArtifact,
} from "#ml/models/artifact.ts";
import type { AvailableFamily } from "#ml/models/families.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { type FeatureReference, referenceOf } from "#ml/monitoring/feature-reference.ts";
import type { CandidateReport } from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import { allRows } from "./imbalance.ts";
import type { Slice } from "./time-split.ts";
import type { FamilyReport, RunnerUp } from "./train.ts";
import type { TrainedFamily } from "./train-family.ts";
import type { TrainOptions } from "./train-options.ts";
import { learnedSlice, type TrainingPlan, unionOf } from "./training-plan.ts";

export type ArtifactParts = {
  readonly dataset: Dataset;
  readonly plan: TrainingPlan;
  readonly options: TrainOptions;
  readonly selected: Pick<TrainedFamily, "family" | "model" | "marginOffset" | "calibrator">;
  readonly reports: Partial<Record<AvailableFamily, FamilyReport>>;
  readonly candidates: readonly CandidateReport[];
  readonly runnerUp: RunnerUp | null;
  readonly importance: readonly ImportanceRecord[] | null;
};

/** The artefact of a training run: the chosen model with all that its readers need, and no clock in it. */
export function artifactOf(parts: ArtifactParts): ModelArtifact {
  const { dataset, plan, options, selected, reports, candidates, runnerUp, importance } = parts;
  const { family, model, marginOffset, calibrator } = selected;
  const validation = unionOf(plan.folds.map((fold) => fold.validation));
  const core = { family, featureSet: dataset.featureSet, model: model.toJSON(), marginOffset, calibrator };
  return {
    format: artifactFormat,
    formatVersion: artifactFormatVersion,
    ...core,
    reference: referenceFor(core, dataset, validation),
    slices: {
      train: sliceRecord(learnedSlice(plan)),
      validation: sliceRecord(validation),
      test: sliceRecord(plan.test),
    },
    seed: options.seed,
    options,
    metrics: Object.fromEntries(
      Object.entries(reports).map(([name, { validationAveragePrecision, test }]) => [
        name,
        { validationAveragePrecision, test },
      ]),
    ),
    candidates,
    runnerUp,
    ...(importance === null ? {} : { importance }),
    dataHash: hashOf(dataset, plan),
    libraries: { node: process.versions.node, ...model.libraries },
  };
}

/** Features and scores of every row of the slice, at its natural prevalence. */
function referenceFor(
  core: Parameters<typeof loadScorer>[0],
  dataset: Dataset,
  slice: Slice,
): { features: FeatureReference[]; score: FeatureReference } {
  const { features, rows, width } = allRows(dataset, slice);
  const scores = new Float64Array(rows);
  loadScorer(core).score(features, rows, scores);
  const columns = dataset.featureSet.definitions.map(({ name, unit }) => ({
    name,
    isCategory: unit === "category",
  }));
  const [score = { name: "score", cuts: [], counts: [rows], missing: 0 }] = referenceOf(scores, rows, 1, [
    { name: "score", isCategory: false },
  ]);
  return { features: referenceOf(features, rows, width, columns), score };
}

function sliceRecord({ window, rows, labels }: Slice): ArtifactSlice {
  return { ...window, rows: rows.length, frauds: labels.reduce((sum, label) => sum + label, 0) };
}

function hashOf(dataset: Dataset, { folds, final, test }: TrainingPlan): string {
  const hash = createHash("sha256").update(dataset.featureSet.version);
  const slices = [
    ...folds.flatMap(({ train, validation }) => [train, validation]),
    ...(final ? [final] : []),
    test,
  ];
  for (const { rows, labels } of slices) {
    hash.update(labels);
    hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  }
  for (const row of unionOf(slices).rows) {
    const values = dataset.features.subarray(row * dataset.width, (row + 1) * dataset.width);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}
