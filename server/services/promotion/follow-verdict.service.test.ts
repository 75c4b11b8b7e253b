import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";
import { contextOf, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadChampion, promoteModel, proposePromotion } from "#server/services/model/index.ts";
import { followVerdict } from "./follow-verdict.ts";
import { storedModels, verdictOn } from "./testing/stored-models.ts";

const now = new Date("2026-06-01T00:00:00.000Z");
let database: TestDatabase;
let owner: ServiceContext;
let champion = "";
let candidate = "";

beforeAll(async () => {
  database = await createTestDatabase();
  owner = contextOf(database.db, await seedUser(database.db, "model_owner", "Mo"), now);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.approval.deleteMany();
  await database.db.modelVersion.deleteMany();
  [champion = "", candidate = ""] = await storedModels(database.db, now, 2);
  await promoteModel({ ...owner, actor: { kind: "system", name: "test" } }, { versionId: champion });
  await set("retraining", RetrainingSettings.parse({}));
  await set("review", ReviewSettings.parse({}));
});

async function set(key: string, value: object): Promise<void> {
  await database.db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

const deciding = async () => (await loadChampion(database.db))?.version.id;
const deps = () => ({ db: database.db, now: () => now });
const run = (promote: boolean, requestedById: string | null = null) => ({
  versionId: candidate,
  verdict: verdictOn(champion, promote),
  requestedById,
});

test("by default a person promotes, whatever the gate says", async () => {
  expect(await followVerdict(deps(), run(true))).toBe("held");
  expect(await deciding()).toBe(champion);
});

test("automatic: what the gate lets through decides, audited with its reason; what it held does not", async () => {
  await set("retraining", RetrainingSettings.parse({ promotion: "automatic" }));
  expect(await followVerdict(deps(), run(false))).toBe("held");
  expect(await followVerdict(deps(), { ...run(true), verdict: null })).toBe("held");
  expect(await deciding()).toBe(champion);
  expect(await followVerdict(deps(), run(true))).toBe("promoted");
  expect(await deciding()).toBe(candidate);
  const audit = await database.db.auditEvent.findFirst({
    where: { action: "model.promote", subjectId: candidate },
  });
  expect(audit).toMatchObject({ actorName: "promotion gate", after: { reason: "Because of the numbers." } });
});

test("automatic under four eyes: who asked for the run asks a second person; a trigger's run waits for one", async () => {
  await set("retraining", RetrainingSettings.parse({ promotion: "automatic" }));
  await set("review", ReviewSettings.parse({ fourEyes: { promotion: true } }));
  expect(await followVerdict(deps(), run(true))).toBe("held");
  const held = await database.db.auditEvent.findFirst({ where: { action: "model.promotion_held" } });
  expect(held?.subjectId).toBe(candidate);
  const actorId = owner.actor.kind === "user" ? owner.actor.id : null;
  expect(await followVerdict(deps(), run(true, actorId))).toBe("asked");
  expect(await deciding()).toBe(champion);
  expect(await database.db.approval.findFirst()).toMatchObject({ kind: "model.promote", status: "pending" });
});

test("a champion that changed since the verdict keeps its place", async () => {
  await set("retraining", RetrainingSettings.parse({ promotion: "automatic" }));
  expect(await followVerdict(deps(), { ...run(true), verdict: verdictOn("another", true) })).toBe("held");
  expect(await deciding()).toBe(champion);
});

test("a person who promotes against the gate says why, and the audit tells both", async () => {
  const verdict = verdictOn(champion, false);
  await database.db.gateVerdict.create({
    data: { modelVersionId: candidate, championId: champion, at: now, promote: false, body: verdict },
  });
  const without = proposePromotion(owner, { versionId: candidate });
  await expect(without).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("reason"),
  });
  const blank = proposePromotion(owner, { versionId: candidate, reason: "" });
  await expect(blank).rejects.toMatchObject({ code: "invalid" });
  await proposePromotion(owner, { versionId: candidate, reason: "A new merchant is coming." });
  expect(await deciding()).toBe(candidate);
  const audit = await database.db.auditEvent.findFirst({
    where: { action: "model.promote", subjectId: candidate },
    orderBy: { seq: "desc" },
  });
  expect(audit?.after).toMatchObject({
    reason: "A new merchant is coming.",
    againstGate: "Because of the numbers.",
  });
});
