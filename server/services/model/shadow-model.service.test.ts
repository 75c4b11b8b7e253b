import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { promoteModel, startShadow, stopShadow, storeArtifact } from "./index.ts";

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
  await database.db.modelVersion.updateMany({ data: { status: "retired" } });
});

async function version(of: ModelArtifact = artifact): Promise<string> {
  const at = new Date(clockMs);
  const { id } = await database.db.modelVersion.create({
    data: {
      family: of.family,
      featureSetName: of.featureSet.name,
      featureSetVersion: of.featureSet.version,
      artifactHash: await storeArtifact(database.db, of),
      createdAt: at,
      trainedFrom: at,
      trainedTo: at,
      metrics: {},
    },
  });
  return id;
}
const statusOf = async (id: string): Promise<string> =>
  (await database.db.modelVersion.findUniqueOrThrow({ where: { id } })).status;

test("a version scores in shadow and stops, each audited, and becomes again what it was", async () => {
  const [champion, candidate] = [await version(), await version()];
  await promoteModel(as("model_owner"), { versionId: champion });
  expect(await startShadow(as("model_owner"), { versionId: candidate })).toMatchObject({
    status: "challenger",
  });
  await expect(startShadow(as("model_owner"), { versionId: candidate })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await stopShadow(as("model_owner"), { versionId: candidate })).toMatchObject({
    status: "candidate",
  });
  await expect(stopShadow(as("model_owner"), { versionId: candidate })).rejects.toMatchObject({
    code: "conflict",
  });
  const audits = await database.db.auditEvent.findMany({
    where: { subjectId: candidate },
    orderBy: { seq: "asc" },
  });
  expect(audits.map(({ action }) => action)).toEqual(["model.shadow_start", "model.shadow_stop"]);
  await promoteModel(as("model_owner"), { versionId: candidate }); // the champion before retires
  await startShadow(as("model_owner"), { versionId: champion });
  expect(await stopShadow(as("model_owner"), { versionId: champion })).toMatchObject({ status: "retired" });
});

test("one scores in shadow at a time, beside a champion, and may be promoted", async () => {
  const [champion, one, other] = [await version(), await version(), await version()];
  await expect(startShadow(as("model_owner"), { versionId: one })).rejects.toMatchObject({
    code: "conflict",
  });
  await promoteModel(as("model_owner"), { versionId: champion });
  await expect(startShadow(as("model_owner"), { versionId: champion })).rejects.toMatchObject({
    code: "conflict",
  });
  const started = await Promise.allSettled(
    [one, other].map((versionId) => startShadow(as("model_owner"), { versionId })),
  );
  expect(started.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const running = (await statusOf(one)) === "challenger" ? one : other;
  await promoteModel(as("model_owner"), { versionId: running });
  expect([await statusOf(running), await statusOf(champion)]).toEqual(["champion", "retired"]);
});

test("a version that reads other features is refused with the reason, and a lead with every version", async () => {
  const champion = await version();
  await promoteModel(as("model_owner"), { versionId: champion });
  const featureSet = { ...artifact.featureSet, version: "other@000000000000" };
  const other = await version({ ...artifact, featureSet });
  await expect(startShadow(as("model_owner"), { versionId: other })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("other@000000000000"),
  });
  await expect(startShadow(as("lead"), { versionId: other })).rejects.toMatchObject({ code: "forbidden" });
  await expect(startShadow(as("model_owner"), { versionId: "none" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a version whose features active rules would miss is not promoted, and the rules are named", async () => {
  const rule = { id: "r", name: "Odd", effect: { kind: "raise", outcome: "review" }, status: "active" };
  const body = { rules: [{ ...rule, condition: "no_such_feature > 1" }] };
  const at = new Date(clockMs);
  const active = await database.db.ruleSetVersion.create({
    data: { status: "active", body, createdAt: at, updatedAt: at },
  });
  await expect(promoteModel(as("model_owner"), { versionId: await version() })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("Odd reads no_such_feature"),
  });
  await database.db.ruleSetVersion.update({ where: { id: active.id }, data: { status: "retired" } });
});
