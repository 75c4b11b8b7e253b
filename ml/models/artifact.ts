import { createHash } from "node:crypto";
import type { Calibrator } from "#ml/calibration/calibrator.ts";
import type { EvaluationReport } from "#ml/evaluation/evaluation-report.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Family } from "./model.ts";

export const artifactFormat = "assay-model";
export const artifactFormatVersion = 1;

/** Half-open window of event times, milliseconds since 1970 UTC, with what was in it. */
export type ArtifactSlice = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
  readonly frauds: number;
};

/** How one family of the run did; the test slice was looked at once. */
export type FamilyMetrics = {
  readonly validationAveragePrecision: number | null;
  readonly test: EvaluationReport;
};

/** One configuration that the run tried, by its validation average precision: mean over folds, and each. */
export type CandidateRecord = {
  readonly family: Family;
  readonly variant: string;
  readonly imbalance: string | null; // null for an ensemble
  readonly validationAveragePrecision: number | null;
  readonly foldAveragePrecision: readonly (number | null)[];
  readonly dropped: boolean; // clearly behind, and not fitted on every fold
  readonly chosen: boolean; // what its family went on with
};

/** The selected family minus the next best in validation average precision, with a paired 95 % interval. */
export type RunnerUpRecord = {
  readonly family: Family;
  readonly difference: number | null;
  readonly differenceInterval: {
    readonly lower: number;
    readonly upper: number;
    readonly replicates: number;
  } | null;
};

/** What one feature is worth to the model on the validation slice; null where that cannot be said. */
export type ImportanceRecord = {
  readonly name: string;
  readonly permutation: number | null; // average precision lost when its values are shuffled
  readonly meanContribution: number | null; // mean size of its contribution to the log-odds
  readonly gain: number | null; // share of the gain of all splits
};

/**
 * Everything a scorer, a drift check and an auditor need of one trained model, as plain JSON. Holds no clock time of
 * the run: the same data, options and seed on the same backend give the same bytes.
 */
export type ModelArtifact = {
  readonly format: typeof artifactFormat;
  readonly formatVersion: typeof artifactFormatVersion;
  readonly family: Family;
  readonly featureSet: FeatureSet;
  readonly model: unknown; // what the family's `load` reads
  /** Prior correction added to the model's margin before calibration. */
  readonly marginOffset: number;
  readonly calibrator: Calibrator;
  /** Features and score of the validation slice, the newest the model learned from: the reference for drift. */
  readonly reference: { readonly features: readonly FeatureReference[]; readonly score: FeatureReference };
  readonly slices: {
    readonly train: ArtifactSlice;
    readonly validation: ArtifactSlice;
    readonly test: ArtifactSlice;
  };
  readonly seed: number;
  /** Options of the run as given, defaults filled in. */
  readonly options: unknown;
  readonly metrics: Partial<Record<Family, FamilyMetrics>>;
  /** What the choice was made from; artefacts of earlier builds lack both. */
  readonly candidates?: readonly CandidateRecord[];
  readonly runnerUp?: RunnerUpRecord | null;
  /** Most important feature first; left out where nobody asked. */
  readonly importance?: readonly ImportanceRecord[];
  /** SHA-256 over the rows the run saw. */
  readonly dataHash: string;
  /** Hash of the artefact that this one is a recalibration of; left out by models that were trained. */
  readonly parent?: string;
  readonly libraries: Readonly<Record<string, string>>;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The artefact as bytes: one line `assay-model 1 <sha256 of the rest>`, then canonical JSON. `hash` is that SHA-256:
 * equal artefacts have equal hashes.
 * @throws TypeError when the artefact holds what JSON cannot (NaN, infinities).
 */
export function encodeArtifact(artifact: ModelArtifact): { bytes: Uint8Array; hash: string } {
  const body = canonicalJson(artifact);
  const hash = sha256(body);
  return { bytes: encoder.encode(`${artifactFormat} ${artifactFormatVersion} ${hash}\n${body}`), hash };
}

/**
 * Reads an artefact back.
 * @throws RangeError when it is no artefact, of another version, or not byte for byte what was written.
 */
export function decodeArtifact(bytes: Uint8Array, expectedHash?: string): ModelArtifact {
  const end = bytes.indexOf(0x0a);
  const [format, version, hash, ...rest] = new TextDecoder()
    .decode(bytes.subarray(0, Math.max(0, end)))
    .split(" ");
  if (end < 0 || format !== artifactFormat || rest.length > 0)
    throw new RangeError("this is not a model artefact");
  if (version !== String(artifactFormatVersion)) {
    throw new RangeError(
      `model artefact version ${version} is unknown; this build reads version ${artifactFormatVersion}`,
    );
  }
  const body = bytes.subarray(end + 1);
  const actual = sha256(body);
  if (actual !== hash)
    throw new RangeError("the model artefact is damaged: its contents do not match its hash");
  if (expectedHash !== undefined && actual !== expectedHash) {
    throw new RangeError(`this is another model artefact: expected ${expectedHash}, found ${actual}`);
  }
  return JSON.parse(decoder.decode(body)) as ModelArtifact;
}
