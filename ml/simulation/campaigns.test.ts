import { expect, test } from "vitest";
import { createRng } from "../math/seeded-random.ts";
import { type Campaign, DAY_MS, HOUR_MS, LONGEST_CAMPAIGN_DAYS, sizeAround, wait } from "./campaign.ts";
import type { Draft } from "./draft.ts";
import { driftAt } from "./drift.ts";
import { type CampaignKind, campaignStart, fraudCampaigns } from "./fraud-campaigns.ts";
import { driftedFraudMix, fraudMix } from "./fraud-kind.ts";
import { honestCampaigns } from "./honest-campaigns.ts";
import type { Scene } from "./routine.ts";
import { createWorld } from "./world.ts";

const START_MS = Date.UTC(2026, 7, 3);
const world = createWorld({ seed: 2, customers: 800, merchants: 300 });
const drift = driftAt([], 0, 0);
const sceneOf = (seed: string): Scene => ({ world, drift, rng: createRng(seed) });

function runs(plan: Campaign, count: number, size: number): Draft[][] {
  return Array.from({ length: count }, (_, n) => plan(sceneOf(`run ${n}`), { startMs: START_MS, size }));
}
const distinct = (drafts: readonly Draft[], read: (draft: Draft) => unknown): number =>
  new Set(drafts.map(read)).size;
const middleAmount = (drafts: readonly Draft[]): number =>
  drafts.map(({ payment }) => payment.amountMinor).toSorted((a, b) => a - b)[drafts.length >> 1] ?? 0;

test("each fraud campaign has the size asked for, its own kind, and ends in time", () => {
  for (const kind of Object.keys(fraudCampaigns) as CampaignKind[]) {
    for (const drafts of runs(fraudCampaigns[kind].plan, 20, 9)) {
      expect(drafts).toHaveLength(9);
      for (const { payment, fraudKind } of drafts) {
        expect(fraudKind).toBe(kind);
        expect(payment.occurredAtMs).toBeGreaterThanOrEqual(START_MS);
        expect(payment.occurredAtMs).toBeLessThan(START_MS + (LONGEST_CAMPAIGN_DAYS - 1) * DAY_MS);
      }
    }
  }
});

test("honest campaigns are honest, of the size asked for, and end in time", () => {
  for (const { plan } of honestCampaigns) {
    for (const drafts of runs(plan, 20, 6)) {
      expect(drafts).toHaveLength(6);
      for (const { payment, fraudKind } of drafts) {
        expect(fraudKind).toBeNull();
        expect(payment.occurredAtMs).toBeLessThan(START_MS + (LONGEST_CAMPAIGN_DAYS - 1) * DAY_MS);
      }
    }
  }
});

test("card testing tries tiny amounts on many cards at three merchants at most, within hours", () => {
  for (const drafts of runs(fraudCampaigns.card_testing.plan, 30, 20)) {
    expect(distinct(drafts, ({ payment }) => payment.cardToken)).toBeGreaterThan(15);
    expect(distinct(drafts, ({ payment }) => payment.merchantId)).toBeLessThanOrEqual(3);
    for (const { payment } of drafts) expect(payment.amountMinor).toBeLessThanOrEqual(650);
    expect((drafts.at(-1)?.payment.occurredAtMs ?? Infinity) - START_MS).toBeLessThan(8 * HOUR_MS);
  }
});

test("a stolen card is one customer's, and a takeover adds one strange device", () => {
  for (const kind of ["stolen_card", "account_takeover"] as const) {
    for (const drafts of runs(fraudCampaigns[kind].plan, 30, 5)) {
      expect(distinct(drafts, ({ payment }) => payment.customerId)).toBe(1);
      const devices = distinct(drafts, ({ payment }) => payment.deviceId);
      if (kind === "account_takeover") expect(devices).toBe(1);
    }
  }
});

test("takeovers are dear, and a compromised merchant is one merchant with many customers and usual amounts", () => {
  const takeovers = runs(fraudCampaigns.account_takeover.plan, 80, 3).flat();
  const compromises = runs(fraudCampaigns.merchant_compromise.plan, 80, 12);
  expect(middleAmount(takeovers)).toBeGreaterThan(3 * middleAmount(compromises.flat()));
  for (const drafts of compromises) {
    expect(distinct(drafts, ({ payment }) => payment.merchantId)).toBe(1);
    expect(distinct(drafts, ({ payment }) => payment.customerId)).toBeGreaterThan(8);
  }
});

test("waits and sizes have the mean asked for, and sizes their floor", () => {
  const scene = sceneOf("means");
  const mean = (draw: () => number): number =>
    Array.from({ length: 8000 }, draw).reduce((sum, value) => sum + value, 0) / 8000;
  expect(Math.abs(mean(() => wait(scene, HOUR_MS)) / HOUR_MS - 1)).toBeLessThan(0.05);
  expect(Math.abs(mean(() => sizeAround(scene, 6, 2)) - 6)).toBeLessThan(0.2);
  expect(sizeAround(scene, 1, 4)).toBe(4);
});

test("campaigns start on their day, and each mix of kinds is a whole", () => {
  const scene = sceneOf("starts");
  for (let n = 0; n < 500; n++) {
    const startMs = campaignStart(scene, START_MS);
    expect(startMs >= START_MS && startMs < START_MS + DAY_MS).toBe(true);
  }
  for (const mix of [fraudMix, driftedFraudMix]) {
    expect(Object.values<number>(mix).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
});
