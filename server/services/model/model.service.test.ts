import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  listModels,
  loadChampion,
  modelByName,
  promoteModel,
  rollbackModel,
  storeArtifact,
} from "./index.ts";

let database: TestDatabase;
let artifact: ModelArtifact;
let clockMs = Date.UTC(2026, 5, 1);
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Mo", role },
  now: () => new Date(clockMs++),
});

beforeAll(async () => {
  database = await createTestDatabase();
  const result = await train(
    syntheticDataset({}),
    { ...trainDefaults, families: ["rules"], maturityDays: 5, bootstrapReplicates: 0 },
    { signal: null, onProgress: () => {}, now: new Date(syntheticStartMs + 40 * 86_400_000) },
  );
  ({ artifact } = result);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.modelVersion.deleteMany();
});

async function candidate(featureSetVersion = artifact.featureSet.version): Promise<string> {
  const at = new Date(clockMs);
  const { id } = await database.db.modelVersion.create({
    data: {
      family: artifact.family,
      featureSetName: artifact.featureSet.name,
      featureSetVersion,
      artifactHash: await storeArtifact(database.db, artifact),
      createdAt: at,
      trainedFrom: at,
      trainedTo: at,
      metrics: {},
    },
  });
  return id;
}

test("promoting retires the champion, and leaves an audit row, a webhook event and word to scoring servers", async () => {
  const ctx = as("model_owner");
  const [first, second] = [await candidate(), await candidate()];
  await promoteModel(ctx, { versionId: first });
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  await listener.query(`listen ${SERVING_CHANNEL}`);
  const told = new Promise<string>((resolve) => listener.on("notification", (n) => resolve(n.payload ?? "")));
  const champion = await promoteModel(ctx, { versionId: second });
  expect(await told).toBe(`model ${second}`);
  await listener.end();
  expect(champion).toMatchObject({ id: second, status: "champion", retiredAt: null });
  const retired = await database.db.modelVersion.findUniqueOrThrow({ where: { id: first } });
  expect(retired).toMatchObject({ status: "retired" });
  expect(retired.retiredAt).not.toBeNull();
  expect((await loadChampion(database.db))?.version.id).toBe(second);
  const audit = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: second } });
  expect(audit).toMatchObject({ action: "model.promote", actorName: "Mo", before: { versionId: first } });
  const event = await database.db.outboxEvent.findFirstOrThrow({ orderBy: { at: "desc" } });
  expect(event.payload).toMatchObject({ modelVersion: second, previousModelVersion: first, rollback: false });
});

test("of two promotions at once one wins, the other is a conflict, and there is one champion", async () => {
  const ctx = as("model_owner");
  for (const withChampion of [false, true]) {
    await database.db.modelVersion.deleteMany();
    if (withChampion) await promoteModel(ctx, { versionId: await candidate() });
    const rivals = [await candidate(), await candidate()];
    const outcomes = await Promise.allSettled(rivals.map((versionId) => promoteModel(ctx, { versionId })));
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(await database.db.modelVersion.count({ where: { status: "champion" } })).toBe(1);
    // One after the other is possible too; then both came through.
    for (const { reason } of lost) expect(reason).toMatchObject({ code: "conflict" });
  }
});

test("rolling back goes one champion further back each time, and then no further", async () => {
  const ctx = as("model_owner");
  const versions = [await candidate(), await candidate(), await candidate()];
  for (const versionId of versions) await promoteModel(ctx, { versionId });
  expect((await rollbackModel(ctx)).id).toBe(versions[1]);
  expect((await rollbackModel(ctx)).id).toBe(versions[0]);
  await expect(rollbackModel(ctx)).rejects.toMatchObject({ code: "conflict" });
  await promoteModel(ctx, { versionId: versions[2] ?? "" }); // a retired version may come back
  expect((await rollbackModel(ctx)).id).toBe(versions[0]);
  const rollbacks = await database.db.auditEvent.count({ where: { action: "model.rollback" } });
  expect(rollbacks).toBe(3);
});

test("the champion can't be promoted again, an unknown version not at all", async () => {
  const ctx = as("model_owner");
  const versionId = await candidate();
  await expect(rollbackModel(ctx)).rejects.toMatchObject({ code: "conflict" });
  await promoteModel(ctx, { versionId });
  await expect(promoteModel(ctx, { versionId })).rejects.toMatchObject({ code: "conflict" });
  await expect(promoteModel(ctx, { versionId: "none" })).rejects.toMatchObject({ code: "not_found" });
});

test("a lead may neither promote nor roll back", async () => {
  const versionId = await candidate();
  await expect(promoteModel(as("lead"), { versionId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(rollbackModel(as("lead"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await loadChampion(database.db)).toBeNull();
});

test("a version that can't be served as it says stays a candidate, and so does the champion", async () => {
  const ctx = as("admin");
  const champion = await candidate();
  await promoteModel(ctx, { versionId: champion });
  const odd = promoteModel(ctx, { versionId: await candidate("other@000000000000") });
  await expect(odd).rejects.toMatchObject({ code: "invalid" });
  expect((await loadChampion(database.db))?.version.id).toBe(champion);
});

test("a version that came without a report is listed without figures", async () => {
  const id = await candidate();
  expect(await listModels(as("viewer"))).toMatchObject([{ id, averagePrecision: null, rocAuc: null }]);
});

test("a version is found by its number or its id", async () => {
  const id = await candidate();
  const { number } = await modelByName(as("viewer"), id);
  expect((await modelByName(as("viewer"), String(number))).id).toBe(id);
  await expect(modelByName(as("viewer"), "999999")).rejects.toMatchObject({ code: "not_found" });
});
