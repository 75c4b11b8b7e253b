import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { artifactFormat, artifactFormatVersion, type ModelArtifact } from "#ml/models/artifact.ts";

const slice = { fromMs: Date.UTC(2026, 8, 1), toMs: Date.UTC(2026, 8, 15), rows: 1000, frauds: 10 };
const names = ["amount", "hour_of_day"];

/** An artefact with two features, good for reading its reference; its model is empty. */
export const artifactWithReference: ModelArtifact = {
  format: artifactFormat,
  formatVersion: artifactFormatVersion,
  family: "logistic_regression",
  featureSet: defineFeatureSet(
    "two",
    defaultFeatureSet.definitions.filter((definition) => names.includes(definition.name)),
  ),
  model: {},
  marginOffset: 0,
  calibrator: { kind: "identity" },
  reference: {
    features: [
      { name: "amount", cuts: [10, 20], counts: [500, 300, 200], missing: 0 },
      { name: "hour_of_day", cuts: [12], counts: [500, 500], missing: 0 },
    ],
    score: { name: "score", cuts: [0.01], counts: [500, 500], missing: 0 },
  },
  slices: { train: slice, validation: slice, test: slice },
  seed: 1,
  options: {},
  metrics: {},
  dataHash: "test",
  libraries: {},
};
