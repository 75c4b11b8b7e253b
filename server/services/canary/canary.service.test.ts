import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";
import { answerApproval } from "#server/services/approval/index.ts";
import { seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { promoteModel, rollbackModel, startShadow, stopShadow } from "#server/services/model/index.ts";
import { listBreaches } from "#server/services/promotion/list-breaches.ts";
import { storedModels } from "#server/services/promotion/testing/stored-models.ts";
import {
  createShadowCounter,
  listDisagreements,
  proposeCanary,
  readAgreement,
  readCanary,
  stopCanary,
  watchCanary,
} from "./index.ts";
import { type Shadowed, writeShadowed } from "./testing/shadowed-payments.ts";

let database: TestDatabase;
let pool: Pool;
let clockMs = Date.UTC(2026, 5, 1);
let users: Record<Role, string>;
const now = (): Date => new Date(clockMs++);
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: users[role], name: `The ${role}`, role },
  now,
});
const job = (): ServiceContext => ({ db: database.db, actor: { kind: "job", name: "guardrails" }, now });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  const id = async (role: Role): Promise<string> => (await seedUser(database.db, role, role)).id;
  users = {
    viewer: await id("viewer"),
    analyst: await id("analyst"),
    lead: await id("lead"),
    model_owner: await id("model_owner"),
    admin: await id("admin"),
  };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let champion: string;
let challenger: string;
beforeEach(async () => {
  const { db } = database;
  await db.canary.updateMany({ where: { endedAt: null }, data: { endedAt: now(), ended: "stopped" } });
  await db.modelVersion.updateMany({ data: { status: "retired" } });
  await setFourEyes(false);
  [champion = "", challenger = ""] = await storedModels(db, now(), 2);
  await promoteModel(as("model_owner"), { versionId: champion });
  await startShadow(as("model_owner"), { versionId: challenger });
});

async function setFourEyes(promotion: boolean): Promise<void> {
  const value = ReviewSettings.parse({ fourEyes: { promotion } });
  const where = { key: "review" };
  await database.db.setting.upsert({ where, create: { ...where, value }, update: { value } });
}

const start = (share = 0.1, role: Role = "model_owner") =>
  proposeCanary(as(role), { versionId: challenger, share, expectedShare: null, reason: "to see" });

test("a canary starts, changes its share and stops, each with its reason in the audit", async () => {
  expect(await start()).toMatchObject({ share: 0.1, championId: champion, ended: null });
  const before = await database.db.canary.findFirstOrThrow({ where: { endedAt: null } });
  const input = { versionId: challenger, share: 0.2, expectedShare: 0.1, reason: "more of it" };
  expect(await proposeCanary(as("model_owner"), input)).toMatchObject({ share: 0.2 });
  const after = await database.db.canary.findFirstOrThrow({ where: { endedAt: null } });
  expect([after.id, after.seed]).toEqual([before.id, before.seed]);
  expect(after.countedFrom > before.countedFrom).toBe(true);
  expect(await stopCanary(as("admin"), { versionId: challenger, reason: "enough" })).toMatchObject({
    ended: "stopped",
    endedBecause: "enough",
  });
  const audits = await database.db.auditEvent.findMany({
    where: { subjectId: challenger, action: { startsWith: "model.canary" } },
    orderBy: { seq: "asc" },
  });
  expect(audits.map(({ action, before: was, after: is }) => [action, was, is])).toEqual([
    ["model.canary_start", null, { share: 0.1, reason: "to see" }],
    ["model.canary_share", { share: 0.1 }, { share: 0.2, reason: "more of it" }],
    ["model.canary_stop", { share: 0.2 }, { share: 0, reason: "enough" }],
  ]);
  const { status } = await database.db.modelVersion.findUniqueOrThrow({ where: { id: challenger } });
  expect(status).toBe("challenger");
});

test("only who may promote, only a challenger, only from the share that was seen, and one at a time", async () => {
  await expect(start(0.1, "lead")).rejects.toMatchObject({ code: "forbidden" });
  await expect(stopCanary(as("analyst"), { versionId: challenger, reason: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(stopCanary(as("admin"), { versionId: challenger, reason: "x" })).rejects.toMatchObject({
    code: "conflict",
  });
  const [other = ""] = await storedModels(database.db, now(), 1);
  const ofOther = { versionId: other, share: 0.1, expectedShare: null, reason: "x" };
  await expect(proposeCanary(as("admin"), ofOther)).rejects.toMatchObject({ code: "conflict" });
  const started = await Promise.allSettled([start(0.1), start(0.2)]);
  expect(started.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(start(0.3)).rejects.toMatchObject({ code: "conflict" });
  await expect(stopShadow(as("admin"), { versionId: challenger })).rejects.toMatchObject({
    message: expect.stringContaining("stop its canary first"),
  });
});

test("where promotions need a second person a canary waits for one, and stopping never does", async () => {
  await setFourEyes(true);
  const pending = await start(0.05);
  expect(pending).toMatchObject({ status: "pending_approval" });
  expect(await readCanary(as("viewer"), { versionId: challenger })).toBeNull();
  const approvalId = "approvalId" in pending ? pending.approvalId : "";
  await answerApproval(as("admin"), { approvalId, answer: "approve" });
  expect(await readCanary(as("viewer"), { versionId: challenger })).toMatchObject({
    share: 0.05,
    startedByName: "model_owner",
  });
  await stopCanary(as("model_owner"), { versionId: challenger, reason: "alone" });
});

test("promoting the challenger, and taking the champion back, end its canary", async () => {
  await start();
  await promoteModel(as("admin"), { versionId: challenger });
  expect(await readCanary(as("viewer"), { versionId: challenger })).toMatchObject({ ended: "promoted" });
  const [next = ""] = await storedModels(database.db, now(), 1);
  await startShadow(as("admin"), { versionId: next });
  await proposeCanary(as("admin"), { versionId: next, share: 0.1, expectedShare: null, reason: "x" });
  await rollbackModel(as("admin"));
  expect(await readCanary(as("viewer"), { versionId: next })).toMatchObject({
    ended: "superseded",
    endedBecause: expect.stringContaining("became the champion"),
  });
});

let written = 0;
const payment = (changes: Partial<Shadowed>): Shadowed => {
  const n = written++;
  return {
    id: `pay_${n}`,
    customerId: `cus_${n}`,
    servedBy: champion,
    shadowedBy: challenger,
    score: 0.001,
    shadowScore: 0.001,
    outcome: "approve",
    ...changes,
  };
};
async function countAll(): Promise<void> {
  const counter = createShadowCounter({ pool, now });
  for (let i = 0; i < 3; i++) await counter.tick(); // the fence trails by a call
}

test("agreement is counted once, whoever decided, and disagreements are listed by what is at stake", async () => {
  await start();
  const swapped = { servedBy: challenger, shadowedBy: champion };
  await writeShadowed(database.db, now(), [
    payment({}),
    payment({ id: "pay_small", shadowScore: 0.9 }),
    payment({ id: "pay_big", shadowScore: 0.9, amountMinor: 90_000 }),
    payment({ id: "pay_swapped", ...swapped, score: 0.9, outcome: "decline", amountMinor: 50_000 }),
    payment({ shadowScore: null }),
  ]);
  await countAll();
  await countAll();
  const agreement = await readAgreement(as("viewer"), { versionId: challenger });
  expect(agreement).toMatchObject({ decisions: 5, compared: 4, same: 1, failed: 1, currencies: ["EUR"] });
  expect(agreement.disagreed.every(({ championOutcome }) => championOutcome === "approve")).toBe(true);
  const all = { versionId: challenger, currency: "EUR", limit: 2 } as const;
  const first = await listDisagreements(as("model_owner"), all);
  const rest = await listDisagreements(as("model_owner"), { ...all, cursor: first.nextCursor });
  const ids = [...first.rows, ...rest.rows].map(({ transactionId }) => transactionId);
  expect(ids).toEqual(["pay_big", "pay_swapped", "pay_small"]);
  expect(rest.nextCursor).toBeNull();
  expect(first.rows[1]).toMatchObject({ championScore: 0.001, versionScore: 0.9 });
});

test("a payment that somebody reviews blind is in nobody's list who would learn its score", async () => {
  const { transactionId } = await seedCase(database.db);
  const scores = { championScore: 0.001, versionScore: 0.9 };
  await database.db.disagreement.create({
    data: {
      versionId: challenger,
      transactionId,
      at: now(),
      currency: "EUR",
      amountMinor: 1n,
      championOutcome: "approve",
      versionOutcome: "review",
      ...scores,
      stakeMinor: 5n,
    },
  });
  await database.db.case.updateMany({ where: { transactionId }, data: { masked: true } });
  const input = { versionId: challenger, currency: "EUR", limit: 10 };
  expect((await listDisagreements(as("analyst"), input)).rows).toEqual([]);
  expect((await listDisagreements(as("lead"), input)).rows).toMatchObject([scores]);
});

test("a canary that does as the champion goes on; one that declines ten times as many is stopped with an alert", async () => {
  await start();
  const arms = (declined: number) =>
    Array.from({ length: 600 }, (_, i) => [
      payment({ outcome: i % 50 === 0 ? "decline" : "approve" }),
      payment({
        servedBy: challenger,
        shadowedBy: champion,
        outcome: i % 50 < declined ? "decline" : "approve",
      }),
    ]).flat();
  await writeShadowed(database.db, now(), arms(1));
  await countAll();
  const checks = await watchCanary(job());
  expect(checks?.map(({ passed }) => passed)).toEqual([true, true, true, true, null]);
  expect(await readCanary(as("viewer"), { versionId: challenger })).toMatchObject({
    arms: { canary: { payments: 600 }, champion: { payments: 600 } },
    ended: null,
  });
  await writeShadowed(database.db, now(), arms(20));
  await countAll();
  await watchCanary(job());
  const stopped = await readCanary(as("viewer"), { versionId: challenger });
  expect(stopped).toMatchObject({ ended: "broken", endedBecause: expect.stringContaining("were declined") });
  const [breach] = await database.db.guardrailBreach.findMany({ where: { modelVersionId: challenger } });
  expect(breach).toMatchObject({ guardrail: "declined", kept: expect.stringContaining("stopped") });
  const alert = await database.db.outboxEvent.findFirst({
    where: { type: "alert.raised" },
    orderBy: { at: "desc" },
  });
  expect(alert?.payload).toMatchObject({ kind: "canary_stopped", share: 0.1 });
  expect(await watchCanary(job())).toBeNull();
  expect((await listBreaches(as("viewer")))[0]).toMatchObject({ canary: true, guardrail: "declined" });
});

test("another share counts anew, and decisions of before are left out", async () => {
  await start();
  const before = now();
  await writeShadowed(database.db, before, [payment({})]);
  await proposeCanary(as("admin"), { versionId: challenger, share: 0.2, expectedShare: 0.1, reason: "x" });
  await writeShadowed(database.db, now(), [
    payment({}),
    payment({ servedBy: challenger, shadowedBy: champion }),
  ]);
  await countAll();
  expect((await readCanary(as("viewer"), { versionId: challenger }))?.arms).toMatchObject({
    canary: { payments: 1 },
    champion: { payments: 1 },
  });
});
