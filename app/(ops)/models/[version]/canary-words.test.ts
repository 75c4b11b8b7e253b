import { expect, test } from "vitest";
import type { Canary } from "../types.ts";
import { armWords, canaryReading, checkLook } from "./canary-words.ts";

const check = (passed: boolean | null): Canary["checks"][number] => ({
  name: "reviewed",
  passed,
  canary: { share: 0.031, interval: { lower: 0.02, upper: 0.04 } },
  champion: { share: 0.03, interval: { lower: 0.028, upper: 0.032 } },
  says: "",
});
const running: Canary = {
  id: "c",
  modelVersionId: "v",
  championId: "w",
  share: 0.05,
  reason: "to see",
  startedAt: "2026-11-20T10:00:00.000Z",
  startedByName: "Mo",
  countedFrom: "2026-11-20T10:00:00.000Z",
  endedAt: null,
  ended: null,
  endedBecause: null,
  championNumber: 1,
  arms: { canary: { groups: 90, payments: 1_254 }, champion: { groups: 100, payments: 21_910 } },
  checks: [],
  checkedAt: null,
};

test("the card says what is decided for whom, and how the guardrails stand", () => {
  expect(canaryReading(2, null)).toContain("decides nothing yet");
  expect(canaryReading(2, running)).toBe(
    "Version 2 decides for 5 % of customers: 1,254 payments, against 21,910 by version 1. Too few to judge yet.",
  );
  expect(canaryReading(2, { ...running, checks: [check(true), check(null)] })).toContain(
    "No guardrail is broken.",
  );
  expect(canaryReading(2, { ...running, checks: [check(false)] })).toContain("1 guardrail broken.");
  expect(canaryReading(2, { ...running, ended: "broken" })).toBe("Version 2 decided for 5 % of customers.");
});

test("shares are told with their interval, small ones more finely, and undefined ones as a dash", () => {
  expect(armWords(check(true).canary)).toBe("3.1 % (2.0 % to 4.0 %)");
  expect(armWords({ share: 0.0014, interval: { lower: 0, upper: 0.003 } })).toBe("0.14 % (0.00 % to 0.30 %)");
  expect(armWords({ share: null, interval: null })).toBe("–");
  expect([true, false, null].map((passed) => checkLook(passed).word)).toEqual([
    "holds",
    "broken",
    "too early",
  ]);
});
