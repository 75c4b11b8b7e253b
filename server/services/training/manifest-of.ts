import { encodeArtifact } from "#ml/models/artifact.ts";
import { datasetHash } from "#ml/training/dataset-hash.ts";
import type { SliceSummary } from "#ml/training/train.ts";
import { codeVersion } from "./code-version.ts";
import type { Fitted, Fitting } from "./fit-dataset.ts";
import type { TrainingManifest } from "./manifest.ts";

export type ManifestFacts = {
  readonly runId: string;
  readonly policyVersionId: string;
  /** explored rows of the test window that stood for others when the gate judged */
  readonly explored: number;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** What a run learned from and what came of it, so that it can be repeated. O(rows x features). */
export function manifestOf(fitting: Fitting, fitted: Fitted, facts: ManifestFacts): TrainingManifest {
  const { dataset, result, marks, labelSources } = fitted;
  const { featureSet } = dataset;
  const { split, artifact } = result;
  return {
    format: "assay-training-manifest",
    formatVersion: 1,
    runId: facts.runId,
    knownAt: fitting.knownAt.toISOString(),
    marks,
    rows: dataset.rows,
    window: windowOf(dataset.occurredAtMs.subarray(0, dataset.rows)),
    split: { train: sliceOf(split.train), validation: sliceOf(split.validation), test: sliceOf(split.test) },
    labelSources,
    maturity: {
      days: fitting.maturityDays,
      rule: "The label that counts by source, then by order of recording. Without one, legitimate once older than these days, unless it was declined.",
    },
    weights: {
      explored: facts.explored,
      rule: "A decline that exploration let through to review counts 1 / propensity, in fitting and calibrating and when the gate judges; every other row counts 1. In training weights are cut at their mean times the root of the rows, and divided by their mean.",
      training: fitted.weighting,
    },
    exclusions: exclusionsOf(fitting, fitted),
    featureSet: {
      name: featureSet.name,
      version: featureSet.version,
      features: featureSet.definitions.map(({ name }) => name),
    },
    seed: fitted.options.seed,
    options: fitted.options,
    policyVersionId: facts.policyVersionId,
    codeVersion: codeVersion(),
    libraries: artifact.libraries,
    contentHash: datasetHash(dataset),
    artifactHash: encodeArtifact(artifact).hash,
  };
}

function windowOf(occurredAtMs: Float64Array): TrainingManifest["window"] {
  if (occurredAtMs.length === 0) return null;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of occurredAtMs) [from, to] = [Math.min(from, at), Math.max(to, at)];
  return { from: iso(from), to: iso(to + 1) };
}

function sliceOf({ fromMs, toMs, rows, frauds }: SliceSummary): TrainingManifest["split"]["train"] {
  return { from: iso(fromMs), to: iso(toMs), rows, frauds };
}

function exclusionsOf(
  { knownAt, maturityDays }: Fitting,
  { dataset }: Fitted,
): TrainingManifest["exclusions"] {
  const matureBefore = knownAt.getTime() - maturityDays * 86_400_000;
  let [declined, immature] = [0, 0];
  for (let row = 0; row < dataset.rows; row++) {
    if (dataset.labels[row] !== -1) continue;
    if (dataset.undisputable?.[row] === 1) declined++;
    else if ((dataset.occurredAtMs[row] as number) > matureBefore) immature++;
  }
  return { declined, immature };
}
