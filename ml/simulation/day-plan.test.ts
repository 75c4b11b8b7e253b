import { expect, test } from "vitest";
import { honestCampaignShare, planDay } from "./day-plan.ts";
import { driftAt } from "./drift.ts";
import { fraudMix } from "./fraud-kind.ts";
import { createWorld } from "./world.ts";

const world = createWorld({ seed: 31, customers: 600, merchants: 150 });
const drift = driftAt([], 0, 0);
const FIRST_DAY = 20_700;
const options = { paymentsPerDay: 1000, fraudShare: 0.02, drift };

const plans = Array.from({ length: 400 }, (_, n) => planDay(world, { ...options, dayIndex: FIRST_DAY + n }));
const drafts = plans.flat();

test("a day's plan depends on the day alone", () => {
  expect(planDay(world, { ...options, dayIndex: FIRST_DAY + 3 })).toEqual(plans[3]);
  expect(plans[4]).not.toEqual(plans[3]);
});

test("campaigns make the payments they are meant to, kind by kind", () => {
  for (const kind of ["card_testing", "stolen_card", "merchant_compromise", "account_takeover"] as const) {
    const perDay = drafts.filter(({ fraudKind }) => fraudKind === kind).length / plans.length;
    expect.soft(perDay / (20 * fraudMix[kind]), kind).toBeGreaterThan(0.85);
    expect.soft(perDay / (20 * fraudMix[kind]), kind).toBeLessThan(1.15);
  }
  const honest = drafts.filter(({ fraudKind }) => fraudKind === null).length / plans.length;
  expect(Math.abs(honest / (1000 * honestCampaignShare) - 1)).toBeLessThan(0.1);
});

test("no campaign pays before its day", () => {
  for (const [n, plan] of plans.entries()) {
    for (const { payment } of plan) {
      expect(payment.occurredAtMs >= (FIRST_DAY + n) * 86_400_000).toBe(true);
    }
  }
});

test("where there is no fraud to be, there is none", () => {
  for (let n = 0; n < 50; n++) {
    const plan = planDay(world, { ...options, fraudShare: 0, dayIndex: FIRST_DAY + n });
    expect(plan.every(({ fraudKind }) => fraudKind === null)).toBe(true);
  }
});
