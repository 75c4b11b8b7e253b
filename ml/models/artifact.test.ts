import { expect, test } from "vitest";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { decodeArtifact, encodeArtifact, type ModelArtifact } from "./artifact.ts";

const slice = { fromMs: 0, toMs: 86_400_000, rows: 10, frauds: 1 };
const artifact: ModelArtifact = {
  format: "assay-model",
  formatVersion: 1,
  family: "rules",
  featureSet: defineFeatureSet("none", []),
  model: { family: "rules", version: 1, width: 0, base: -4.6, terms: [] },
  marginOffset: Math.log(0.3),
  calibrator: { kind: "identity" },
  reference: { features: [], score: { name: "score", cuts: [0.1], counts: [9, 1], missing: 0 } },
  slices: { train: slice, validation: slice, test: slice },
  seed: 1,
  options: { seed: 1 },
  metrics: {},
  dataHash: "00",
  libraries: { node: "24" },
};

test("an artefact comes back equal, numbers bit for bit", () => {
  const { bytes, hash } = encodeArtifact(artifact);
  expect(decodeArtifact(bytes, hash)).toEqual(artifact);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test("the order of members changes neither bytes nor hash, a changed value both", () => {
  const turned = Object.fromEntries(Object.entries(artifact).reverse()) as unknown as ModelArtifact;
  expect(encodeArtifact(turned)).toEqual(encodeArtifact(artifact));
  expect(encodeArtifact({ ...artifact, seed: 2 }).hash).not.toBe(encodeArtifact(artifact).hash);
});

test("every single changed byte is noticed", () => {
  const { bytes } = encodeArtifact(artifact);
  for (let i = 0; i < bytes.length; i++) {
    const damaged = Uint8Array.from(bytes);
    damaged[i] = (damaged[i] ?? 0) ^ 1;
    expect(() => decodeArtifact(damaged)).toThrow(RangeError);
  }
});

test("damage, another version, another artefact and other files are told apart", () => {
  const { bytes } = encodeArtifact(artifact);
  const text = new TextDecoder().decode(bytes);
  const encode = (changed: string): Uint8Array => new TextEncoder().encode(changed);
  expect(() => decodeArtifact(encode(text.replace("-4.6", "-4.7")))).toThrow("damaged");
  expect(() => decodeArtifact(bytes.subarray(0, bytes.length - 1))).toThrow("damaged");
  expect(() => decodeArtifact(encode(text.replace("assay-model 1", "assay-model 2")))).toThrow(
    "version 2 is unknown",
  );
  expect(() => decodeArtifact(bytes, "f".repeat(64))).toThrow("another model artefact");
  expect(() => decodeArtifact(encode("PK\n"))).toThrow("not a model artefact");
  expect(() => decodeArtifact(new Uint8Array(0))).toThrow("not a model artefact");
});

test("an artefact that holds NaN cannot be written", () => {
  expect(() => encodeArtifact({ ...artifact, marginOffset: Number.NaN })).toThrow(TypeError);
});
