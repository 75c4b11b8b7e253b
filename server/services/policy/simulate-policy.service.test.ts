import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import {
  now,
  type SeedDecision,
  seedDecisions,
  seedModel,
  seedPolicy,
} from "#server/services/performance/testing/seed-window.ts";
import { type SimulationView, simulatePolicy } from "./simulate-policy.ts";

let t: TestDatabase;
const amountMinor = 10_000n;
const thresholds = (reviewThreshold: number, declineThreshold: number): Policy => ({
  ...defaultPolicy,
  mode: "thresholds",
  reviewThreshold,
  declineThreshold,
});

beforeAll(async () => {
  t = await createTestDatabase();
  await fill(t, [
    { score: 0.9, label: "fraud", outcome: "decline", amountMinor },
    { score: 0.7, outcome: "review", amountMinor },
    { score: 0.5, label: "fraud", outcome: "review", amountMinor },
    { score: 0.1, outcome: "approve", amountMinor },
    { score: 0.1, outcome: "approve", amountMinor },
    { score: 0.95, outcome: "decline", amountMinor },
    { score: 0.3, label: "fraud", outcome: "approve", amountMinor: 50_000n, currency: "USD" },
  ]);
});
afterAll(async () => t.drop());

async function fill(into: TestDatabase, decisions: readonly SeedDecision[]): Promise<void> {
  const owner = { policyVersionId: await seedPolicy(into.db), modelVersionId: await seedModel(into.db) };
  await seedDecisions(into.db, owner, decisions);
  await buildBlocks(into.url, now);
}

async function simulate(
  policy: Policy,
  { of = t, currency = null }: { of?: TestDatabase; currency?: string | null } = {},
): Promise<Extract<SimulationView, { status: "read" }>> {
  const asked = { window: AnalysisWindow.parse({}), policy, currency, seed: 1 };
  const view = await simulatePolicy(systemContext(of.db, now), asked);
  if (view.status !== "read") throw new Error(view.status);
  return view;
}

test("a policy costs what it costs by hand: 12,500 for a fraud let through, 2,500 for a good one declined", async () => {
  const view = await simulate(thresholds(0.2, 0.6));
  // Declined: 0.95 (unknown), 0.9 fraud, 0.7 good. Reviewed: 0.5 fraud. Approved: two good ones.
  expect(view.candidate).toMatchObject({ approved: 2, reviewed: 1, declined: 3, fraudDeclined: 1 });
  expect(view.candidate.cost.minor).toBe(2_500 + 400 + 0.1 * 12_500);
  expect(view.candidate).toMatchObject({ lostMinor: 1_250, frictionMinor: 2_500, reviewMinor: 400 });
  expect(view.approveAllMinor).toBe(25_000);
  expect(view.candidate.saved.minor).toBe(25_000 - 4_150);
  expect(view.candidate.fraudActedOnShare).toBe(1);
});

test("the active policy is judged on the same rows, and the difference is the difference", async () => {
  const view = await simulate(thresholds(0.2, 0.6));
  // By cost the active one declines 0.95 and 0.9 and 0.7, reviews 0.5, approves the rest (0.1 x 12,500 = 1,250).
  expect(view.difference.minor).toBe(view.candidate.cost.minor - view.active.cost.minor);
  const same = await simulate(defaultPolicy);
  expect(same.difference).toMatchObject({ minor: 0, rowsChanged: 0, flat: true });
  expect(same.activeNumber).toBe(1);
});

test("a payment declined and never labelled is unknown, with bounds, and counts neither way", async () => {
  const approving = await simulate(thresholds(1, 1));
  expect(approving.counts).toMatchObject({ fraud: 2, legitimate: 3, declined: 1 });
  expect(approving.candidate.cost.minor).toBe(25_000);
  expect(approving.unknown).toMatchObject({ rows: 1, amountMinor: 10_000, sameOutcome: 0 });
  // Approved it may cost its loss; as the active policy declines it, it may cost a good customer.
  expect(approving.unknown.candidate).toEqual({ lowerMinor: 0, upperMinor: 12_500 });
  expect(approving.unknown.active).toEqual({ lowerMinor: 0, upperMinor: 2_500 });
  expect(approving.unknown.difference).toEqual({ lowerMinor: -2_500, upperMinor: 12_500 });
});

test("currencies are never added: each is simulated by itself", async () => {
  const view = await simulate(thresholds(0, 1), { currency: "USD" });
  expect(view.currencies).toEqual(["EUR", "USD"]);
  expect(view.candidate).toMatchObject({ reviewed: 1, fraudReviewed: 1 });
  expect(view.candidate.cost.minor).toBe(400 + 0.1 * 52_500);
});

test("figures of a segment judge its payments alone", async () => {
  const cost = { ...defaultPolicy.cost, chargebackFeeMinor: 0, missRate: 0, reviewCostMinor: 1 };
  const policy = { ...thresholds(0, 1), segments: [{ currency: "USD", channel: null, cost }] };
  expect((await simulate(policy, { currency: "USD" })).candidate.cost.minor).toBe(1);
  expect((await simulate(policy, { currency: "EUR" })).candidate.reviewMinor).toBe(5 * 400);
});

test("under the floor of labelled frauds there are no intervals", async () => {
  const view = await simulate(thresholds(0.2, 0.6));
  expect(view.floor).toEqual({ needed: 50, met: false });
  expect([view.difference.interval, view.candidate.cost.interval]).toEqual([null, null]);
});

test("with enough frauds each estimate has an interval that holds it, and a twin of the active policy is flat", async () => {
  const own = await createTestDatabase();
  await fill(
    own,
    Array.from({ length: 1_200 }, (_, i) => ({
      score: ((i * 37) % 1_200) / 1_200,
      label: (i * 37) % 1_200 > 1_000 || i % 11 === 0 ? ("fraud" as const) : ("legitimate" as const),
      amountMinor: BigInt(1_000 + ((i * 613) % 20_000)),
      customerId: `cus_${i % 150}`,
      daysAgo: 35 + (i % 20),
    })),
  );
  const worse = await simulate(thresholds(1, 1), { of: own });
  for (const { minor, interval } of [worse.candidate.cost, worse.active.cost, worse.difference]) {
    expect(interval?.lower).toBeLessThan(minor);
    expect(interval?.upper).toBeGreaterThan(minor);
  }
  expect(worse.difference.flat).toBe(false);
  expect(worse.difference.interval?.lower).toBeGreaterThan(0);
  const twin = await simulate({ ...defaultPolicy, name: "Twin" }, { of: own });
  expect(twin.difference).toMatchObject({ minor: 0, interval: { lower: 0, upper: 0 }, flat: true });

  const free = await simulate({ ...thresholds(0.5, 1), reviewCapacityPerDay: 1_000 }, { of: own });
  const one = await simulate({ ...thresholds(0.5, 1), reviewCapacityPerDay: 5 }, { of: own });
  expect(free.candidate.cases).toMatchObject({ daysOverCapacity: 0, unworked: 0 });
  expect(one.candidate.cases).toMatchObject({ perDay: 5, daysOverCapacity: 20 });
  expect(one.candidate.reviewed).toBe(100);
  expect(one.candidate.cases.unworked).toBe(free.candidate.reviewed - 100);
  await own.drop();
});

test("a window without payments says so, and only those who may look at analytics get a simulation", async () => {
  const empty = await createTestDatabase();
  const asked = { window: AnalysisWindow.parse({}), policy: defaultPolicy, currency: null, seed: 1 };
  expect(await simulatePolicy(systemContext(empty.db, now), asked)).toEqual({ status: "nothing_scored" });
  await empty.drop();
  const viewer = contextOf(t.db, { id: "u", name: "v", role: "viewer" }, now);
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "k", scopes: ["label"] } } as const;
  await expect(simulatePolicy(viewer, asked)).resolves.toMatchObject({ status: "read" });
  await expect(simulatePolicy(key, asked)).rejects.toMatchObject({ code: "forbidden" });
});
