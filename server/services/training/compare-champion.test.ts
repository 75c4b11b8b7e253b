import { expect, test } from "vitest";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import type { Champion } from "#server/services/model/champion.ts";
import { compareWithChampion } from "./compare-champion.ts";

const dataset = syntheticDataset({ rows: 3000 });
const options = { ...trainDefaults, maturityDays: 5, bootstrapReplicates: 0, families: ["rules"] as const };
const context = { signal: null, onProgress: () => {}, now: new Date(syntheticStartMs + 40 * 86_400_000) };
const result = await train(dataset, options, context);
const draw = { seed: 1, replicates: 20 };

function champion(artifact: ModelArtifact, featureSetVersion = artifact.featureSet.version): Champion {
  const at = "2026-01-01T00:00:00.000Z";
  const version = { id: "c", number: 7, status: "champion" as const, family: artifact.family };
  const dates = { createdAt: at, trainedFrom: at, trainedTo: at, promotedAt: at, retiredAt: null };
  const names = { featureSetName: "synthetic", featureSetVersion, artifactHash: "h", trainingRunId: null };
  return { version: { ...version, ...dates, ...names }, artifact };
}

test("a champion equal to the candidate is no better and no worse on the same rows", () => {
  const against = compareWithChampion(champion(result.artifact), { dataset, result }, draw);
  expect(against.championNote).toBeNull();
  expect(against.champion).toMatchObject({ versionId: "c", number: 7 });
  const { comparison } = against.champion ?? {};
  expect(comparison?.champion).toEqual(comparison?.candidate);
  expect(comparison?.difference).toBe(0);
  expect(comparison?.champion.rows).toBe(result.testRows.length);
});

test("without a champion, or with one that reads other features, the reason stands in its place", () => {
  expect(compareWithChampion(null, { dataset, result }, draw)).toEqual({
    champion: null,
    championNote: "There is no champion yet.",
  });
  const other = compareWithChampion(champion(result.artifact, "other@1"), { dataset, result }, draw);
  expect(other.champion).toBeNull();
  expect(other.championNote).toContain("version 7, reads other features (other@1)");
});

test("a champion that can't score every row is named instead of compared", () => {
  const broken = { ...result.artifact, marginOffset: Number.NaN };
  const against = compareWithChampion(champion(broken), { dataset, result }, draw);
  expect(against.champion).toBeNull();
  expect(against.championNote).toContain("can't score every test row");
});
