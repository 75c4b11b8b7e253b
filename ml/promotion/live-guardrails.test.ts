import fc from "fast-check";
import { expect, test } from "vitest";
import { type LiveCounts, liveGuardrails } from "./live-guardrails.ts";

const counts = (changes: Partial<LiveCounts> = {}): LiveCounts => ({
  decisions: 2_000,
  failed: 2,
  reviewed: 60,
  declined: 10,
  labelledReviews: 60,
  fraudReviews: 30,
  ...changes,
});
const days = Array.from({ length: 7 }, () => ({ decisions: 1_000, reviewed: 30, declined: 5 }));
const before = { counts: counts(), days };

function broken(changes: Partial<LiveCounts>, past: typeof before = before): string[] {
  return liveGuardrails(counts(changes), past)
    .filter(({ passed }) => passed === false)
    .map(({ name }) => name);
}

test("a champion that goes on as the one before breaks nothing", () => {
  expect(broken({})).toEqual([]);
});

test("payments that cannot be scored, too much or too little review, declines, and reviews in vain are broken", () => {
  expect(broken({ failed: 100 })).toEqual(["failed"]);
  expect(broken({ reviewed: 300 })).toEqual(["reviewed"]);
  expect(broken({ declined: 200 })).toEqual(["declined"]);
  expect(broken({ fraudReviews: 3 })).toEqual(["precision"]);
  const busy = { ...before, days: days.map((day) => ({ ...day, reviewed: 300 })) };
  expect(broken({ reviewed: 0, labelledReviews: 0, fraudReviews: 0 }, busy)).toEqual(["reviewed"]);
});

test("a share just beyond its limit is chance, and too little to look at says so", () => {
  expect(broken({ failed: 24 })).toEqual([]); // 1.2 % against 1.1 %
  const early = liveGuardrails(counts({ decisions: 499, failed: 499, labelledReviews: 49 }), before);
  expect(early.map(({ passed }) => passed)).toEqual([null, null, null, null]);
  const young = liveGuardrails(counts({ reviewed: 2_000 }), { ...before, days: days.slice(0, 2) });
  expect(young.find(({ name }) => name === "reviewed")?.passed).toBeNull();
});

test("every check has a sentence, and a broken one its numbers", () => {
  const [, reviewed] = liveGuardrails(counts({ reviewed: 300 }), before);
  expect(reviewed?.says).toBe(
    "15.0 % of the last 2000 payments were sent to review; 0.0 % to 7.0 % fits the week before.",
  );
  expect(reviewed).toMatchObject({ value: 0.15, limit: expect.closeTo(0.07, 9) });
});

test("more failures never mend the guardrail", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_999 }), (failed) => {
      const holds = (n: number): boolean => !broken({ failed: n }).includes("failed");
      expect(Number(holds(failed + 1))).toBeLessThanOrEqual(Number(holds(failed)));
    }),
  );
});
