import { expect, test } from "vitest";
import { isMasked, standInLossMinor } from "./masking.ts";
import { defaultPolicy } from "./policy.ts";

const ids = Array.from({ length: 20_000 }, (_, i) => `pay_${i}`);
const ordinary = { exploration: null, byPolicy: true } as const;

test("every explored case is masked", () => {
  for (const exploration of ["approve_to_review", "decline_to_review", "active_learning"] as const) {
    expect(isMasked({ transactionId: "pay", exploration, byPolicy: true }, defaultPolicy)).toBe(true);
  }
});

test("of ordinary reviews the share is masked, always the same ones", () => {
  const masked = ids.filter((transactionId) => isMasked({ transactionId, ...ordinary }, defaultPolicy));
  expect(masked.length / ids.length).toBeGreaterThan(0.045);
  expect(masked.length / ids.length).toBeLessThan(0.055);
  expect(masked.every((transactionId) => isMasked({ transactionId, ...ordinary }, defaultPolicy))).toBe(true);
});

test("what a rule or a failure sent to review is never masked", () => {
  const blind = { ...defaultPolicy, exploration: { ...defaultPolicy.exploration, maskedShare: 1 } };
  expect(isMasked({ transactionId: "pay", exploration: null, byPolicy: false }, blind)).toBe(false);
  expect(isMasked({ transactionId: "pay", ...ordinary }, blind)).toBe(true);
});

test("the rank of a masked case grows with its amount alone", () => {
  expect(standInLossMinor(10_000, defaultPolicy.cost)).toBe(3_750); // 0.3 · (10000 + 2500)
});
