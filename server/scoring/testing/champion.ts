import type { Pool } from "pg";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { noActiveLists, noActiveRules } from "../rules-loader.ts";
import { placesOf, type ServingVersion } from "../serving-version.ts";
import { uuidV7 } from "../uuid-v7.ts";

/** Points for one feature, in proportion between `from` and `to`. */
export type Term = {
  readonly feature: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
};

/** Fraud grows with the amount and with a run of payments by one customer. */
const defaultTerms: readonly Term[] = [
  { feature: "amount", from: 0, to: 100_000, points: 8 },
  { feature: "customer_count_1h", from: 0, to: 4, points: 2 },
];

/** A rules model written by hand: base margin and points per feature, not calibrated. */
export function handMadeArtifact(
  featureSet: FeatureSet = defaultFeatureSet,
  terms: readonly Term[] = defaultTerms,
  base = -6,
): ModelArtifact {
  const names = featureSet.definitions.map((definition) => definition.name);
  const slice = { fromMs: 0, toMs: 1, rows: 0, frauds: 0 };
  return {
    format: "assay-model",
    formatVersion: 1,
    family: "rules",
    featureSet,
    model: {
      family: "rules",
      version: 1,
      width: names.length,
      base,
      terms: terms.map(({ feature, ...term }) => ({
        ...term,
        feature: names.indexOf(feature),
        rule: feature,
      })),
    },
    marginOffset: 0,
    calibrator: { kind: "identity" },
    reference: { features: [], score: { name: "score", cuts: [], counts: [0], missing: 0 } },
    slices: { train: slice, validation: slice, test: slice },
    seed: 1,
    options: {},
    metrics: {},
    dataHash: "",
    libraries: {},
  };
}

/** What serves in unit tests: the model written by hand, or another scorer, and the default policy without exploration. */
export function handMadeServing(scorer: Scorer | null = loadScorer(handMadeArtifact())): ServingVersion {
  const exploration = {
    approveShare: 0,
    declineShare: 0,
    activeShare: 0,
    disagreementShare: 0,
    maskedShare: 0,
  };
  const policy = { ...defaultPolicy, exploration };
  const featureSet = scorer?.featureSet ?? defaultFeatureSet;
  return {
    champion: scorer === null ? null : { modelVersionId: "model-1", artifactHash: "hash", scorer },
    challenger: null,
    canary: null,
    featureSet,
    places: placesOf(featureSet),
    active: { policyVersionId: "policy-1", policy },
    ruleSet: noActiveRules,
    lists: noActiveLists,
  };
}

/** Stores an artefact and makes it the champion, at once for all who look; returns the model version's id. */
export async function promoteArtifact(pool: Pool, artifact: ModelArtifact): Promise<string> {
  const { bytes, hash } = encodeArtifact(artifact);
  const id = uuidV7(Date.now());
  const { name, version } = artifact.featureSet;
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("insert into model_artifact (hash, bytes) values ($1, $2) on conflict do nothing", [
      hash,
      bytes,
    ]);
    await client.query("update model_version set status = 'retired' where status = 'champion'");
    await client.query(
      `insert into model_version (id, status, family, feature_set_name, feature_set_version, artifact_hash, created_at,
         trained_from, trained_to, metrics) values ($1, 'champion', $2, $3, $4, $5, now(), now(), now(), '{}')`,
      [id, artifact.family, name, version, hash],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
  return id;
}
