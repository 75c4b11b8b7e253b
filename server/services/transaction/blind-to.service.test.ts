import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import {
  contextOf,
  paidAt,
  seedCase,
  seedDecision,
  seedUser,
  systemContext,
} from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { getTransaction, listTransactions, requireSight } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const explored = { exploration: "approve_to_review", propensity: 0.002, score: 0.01 };

/** A masked case of an explored payment that ran into a rule on watch. */
async function maskedCase(status: "open" | "closed" = "open") {
  const one = await seedCase(database.db, { masked: true, origin: "exploration", status });
  const hit = { id: "r", name: "Watch", outcome: "decline", monitored: true };
  await seedDecision(database.db, one.transactionId, { ...explored, rules: [hit] });
  return one;
}

async function as(role: "analyst" | "lead" | "viewer"): Promise<ServiceContext> {
  return contextOf(database.db, await seedUser(database.db, role), now);
}

test.each(["analyst", "viewer"] as const)(
  "%s: an open masked case hides what would tell it",
  async (role) => {
    const { transactionId } = await maskedCase();
    const ctx = await as(role);
    const detail = await getTransaction(ctx, transactionId);
    expect(detail.hidden).toBe("masked");
    expect(detail.decision).toMatchObject({
      outcome: "review",
      score: null,
      expectedLossMinor: null,
      propensity: null,
      exploration: null,
      reasons: [],
      rules: [],
    });
    const { rows } = await listTransactions(ctx, { search: transactionId });
    expect(rows[0]).toMatchObject({ outcome: "review", score: null, topReason: null, hidden: "masked" });
    await expect(requireSight(ctx, transactionId)).rejects.toMatchObject({ code: "forbidden" });
  },
);

test("an explored masked case looks to an analyst like an ordinary masked one", async () => {
  const ctx = await as("analyst");
  const ordinary = await seedCase(database.db, { masked: true, origin: "policy" });
  await seedDecision(database.db, ordinary.transactionId, { score: 0.6, propensity: 1 });
  const shown = async (transactionId: string) => {
    const { decision } = await getTransaction(ctx, transactionId);
    const { policyNumber: _, ...rest } = decision ?? { policyNumber: 0 };
    return rest;
  };
  expect(await shown((await maskedCase()).transactionId)).toEqual(await shown(ordinary.transactionId));
});

test("a lead and a machine see it whole, and everyone does once it is closed", async () => {
  const open = await maskedCase();
  for (const ctx of [await as("lead"), systemContext(database.db, now)]) {
    const { hidden, decision } = await getTransaction(ctx, open.transactionId);
    expect([hidden, decision?.exploration]).toEqual([null, "approve_to_review"]);
    await requireSight(ctx, open.transactionId);
  }
  const closed = await maskedCase("closed");
  const { hidden, decision } = await getTransaction(await as("analyst"), closed.transactionId);
  expect([hidden, decision?.score]).toEqual([null, 0.01]);
});

test("who reviews a case a second time sees neither score, labels nor the first verdict until done", async () => {
  const { db } = database;
  const [first, second] = [await seedUser(db, "analyst"), await seedUser(db, "lead")];
  const closing = { status: "closed", disposition: "legitimate", closedAt: paidAt, closedById: first.id };
  const { id: caseId, transactionId } = await seedCase(db, closing);
  await seedDecision(db, transactionId);
  const label = { transactionId, label: "legitimate", source: "analyst", occurredAt: paidAt } as const;
  await recordLabel(systemContext(db, now), label);
  const claim = { reviewerId: second.id, claimedUntil: now };
  const sampled = { sampledAt: paidAt, propensity: 0.5, firstReviewerId: first.id };
  await db.secondReview.create({ data: { caseId, ...sampled, firstDisposition: "legitimate", ...claim } });
  const ctx = contextOf(db, second, now);
  const blind = await getTransaction(ctx, transactionId);
  expect(blind).toMatchObject({ hidden: "second_review", labels: [], case: null });
  expect((await listTransactions(ctx, { search: transactionId })).rows[0]).toMatchObject({
    score: null,
    label: null,
  });
  expect((await getTransaction(contextOf(db, first, now), transactionId)).labels).toHaveLength(1);
  await db.secondReview.updateMany({ where: { caseId }, data: { reviewedAt: now, disposition: "fraud" } });
  expect(await getTransaction(ctx, transactionId)).toMatchObject({ hidden: null, labels: [{}] });
});
