import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "#ml/features/default-set.ts";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { artifactWithReference } from "#server/services/drift/testing/artifact.ts";
import { storeReplayCheck } from "#server/services/training/index.ts";
import { describeFeatureSet, storeArtifact, versionDetail } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let ctx: ServiceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = { db: database.db, actor: { kind: "user", id: "u", name: "Mo", role: "viewer" }, now: () => now };
});
afterAll(() => database.drop());

async function seedVersion(artifact: ModelArtifact, status: string): Promise<number> {
  const { family, featureSet } = artifact;
  const version = await database.db.modelVersion.create({
    data: {
      status,
      family,
      featureSetName: featureSet.name,
      featureSetVersion: featureSet.version,
      artifactHash: await storeArtifact(database.db, artifact),
      createdAt: now,
      trainedFrom: now,
      trainedTo: now,
      metrics: {},
    },
  });
  return version.number;
}

const figures = { meanContribution: 0.2, gain: null };
const importance = [
  { name: "amount", permutation: 0.2, ...figures },
  { name: "hour_of_day", permutation: 0.01, ...figures },
];

test("without a model the set of the next training is described, from its definitions alone", async () => {
  const view = await describeFeatureSet(ctx, { version: null });
  expect(view).toMatchObject({ version: defaultFeatureSet.version, model: null, replayCheck: null });
  expect(view.features.map(({ name }) => name)).toEqual(
    defaultFeatureSet.definitions.map(({ name }) => name),
  );
  expect(view.known).toMatchObject([{ isNext: true, isChampions: false, modelVersions: [] }]);
  const book = await describeFeatureSet(ctx, { version: handbookFeatureSet.version });
  expect(book.features).toHaveLength(15);
});

test("the champion's set comes first, with its reference; another by its version, an unknown one not", async () => {
  const stored = { ...artifactWithReference, importance } satisfies ModelArtifact;
  const number = await seedVersion(stored, "champion");
  const view = await describeFeatureSet(ctx, { version: null });
  expect(view).toMatchObject({ name: "two", model: { number, status: "champion", referenceRows: 1000 } });
  expect(view.features.find(({ name }) => name === "amount")).toMatchObject({
    distribution: { rows: 1000, missing: 0, counts: [500, 300, 200] },
    importance: { permutation: 0.2 },
  });
  const next = await describeFeatureSet(ctx, { version: defaultFeatureSet.version });
  expect(next.known).toMatchObject([
    { version: defaultFeatureSet.version, isNext: true },
    { version: view.version, isChampions: true, modelVersions: [number] },
  ]);
  await expect(describeFeatureSet(ctx, { version: "two@none" })).rejects.toMatchObject({ code: "not_found" });
});

test("the latest replay check of a set is shown with it, and only with it", async () => {
  const { version } = artifactWithReference.featureSet;
  const features = {
    compared: 7,
    differing: 1,
    byFeature: [{ feature: "amount", rows: 1 }],
    examples: ["p"],
  };
  const report = {
    featureSetVersion: version,
    features,
    scores: { compared: 7, differing: 0, examples: [] },
  };
  await storeReplayCheck(database.db, [{ ...report, features: { ...features, differing: 5 } }], {
    at: new Date(0),
    sample: null,
  });
  await storeReplayCheck(database.db, [report], { at: now, sample: 10 });
  const { replayCheck } = await describeFeatureSet(ctx, { version });
  expect(replayCheck).toMatchObject({ at: now.toISOString(), sample: 10, features: { differing: 1 } });
  expect((await describeFeatureSet(ctx, { version: defaultFeatureSet.version })).replayCheck).toBeNull();
});

test("a version tells what its artefact holds, most important feature first, and has no report if it came without", async () => {
  const member = { offset: 0, model: {} };
  const members = [
    { family: "rules", weight: 0.25, ...member },
    { family: "gradient_boosting", weight: 0.75, ...member },
  ];
  const model = { family: "ensemble", version: 1, intercept: 0, members };
  const candidates = [
    {
      family: "ensemble",
      variant: "stacked",
      imbalance: null,
      validationAveragePrecision: 0.5,
      foldAveragePrecision: [0.5],
      dropped: false,
      chosen: true,
    },
  ] as const;
  const stored = {
    ...artifactWithReference,
    family: "ensemble",
    model,
    candidates,
    importance,
  } satisfies ModelArtifact;
  const number = await seedVersion(stored, "candidate");
  const detail = await versionDetail(ctx, { number });
  expect(detail).toMatchObject({ number, status: "candidate", report: null });
  expect(detail.facts.members).toEqual([
    { family: "rules", weight: 0.25 },
    { family: "gradient_boosting", weight: 0.75 },
  ]);
  expect(detail.facts).toMatchObject({ candidates, runnerUp: null, calibrator: "identity", features: 2 });
  expect(detail.facts.importance.map(({ name }) => name)).toEqual(["amount", "hour_of_day"]);
  expect(detail.facts).not.toHaveProperty("model");
});

test("an unknown version is not found, and an API key that may only score sees neither page", async () => {
  await expect(versionDetail(ctx, { number: 999 })).rejects.toMatchObject({ code: "not_found" });
  const key: ServiceContext = { ...ctx, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } };
  await expect(versionDetail(key, { number: 1 })).rejects.toMatchObject({ code: "forbidden" });
  await expect(describeFeatureSet(key, { version: null })).rejects.toMatchObject({ code: "forbidden" });
});
