import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiveFeed } from "./live.ts";
import { simulate } from "./simulate.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 20, 9, 17, 3);
const WORLD = { seed: 6, customers: 300, merchants: 80 };

test("the live feed goes on exactly where a history of the same world ends", () => {
  const whole = [...simulate({ ...WORLD, startMs: START_MS - 3 * DAY_MS, days: 5 })];
  const before = [...simulate({ ...WORLD, startMs: START_MS - 3 * DAY_MS, days: 3 })];
  const live = createLiveFeed({ ...WORLD, startMs: START_MS }).next(START_MS + 2 * DAY_MS - 1);
  expect([...before, ...live]).toEqual(whole);
});

test("what comes does not depend on how often it is asked for", () => {
  const atOnce = createLiveFeed({ ...WORLD, startMs: START_MS }).next(START_MS + DAY_MS);
  const steps = fc.array(fc.integer({ min: 0, max: DAY_MS }), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (offsets) => {
      const feed = createLiveFeed({ ...WORLD, startMs: START_MS });
      const nows = offsets.toSorted((a, b) => a - b).concat(DAY_MS);
      expect(nows.flatMap((offset) => feed.next(START_MS + offset))).toEqual(atOnce);
    }),
    { numRuns: 10 },
  );
});

test("nothing comes before its time, and the next time named is the next payment's", () => {
  const feed = createLiveFeed({ ...WORLD, startMs: START_MS });
  expect(feed.next(START_MS - DAY_MS)).toEqual([]);
  for (let n = 0; n < 20; n++) {
    const dueMs = feed.nextAtMs();
    expect(feed.next(dueMs - 1)).toEqual([]);
    expect(feed.next(dueMs)[0]?.payment.occurredAtMs).toBe(dueMs);
  }
});

test("a rate of its own is kept by day and by night, with ids unlike the history's", () => {
  const feed = createLiveFeed({ ...WORLD, startMs: START_MS, paymentsPerSecond: 0.2 });
  const natural = createLiveFeed({ ...WORLD, startMs: START_MS }).next(START_MS + DAY_MS);
  const fast = feed.next(START_MS + DAY_MS);
  expect(Math.abs(fast.length / 86_400 - 0.2)).toBeLessThan(0.01);
  const night = fast.filter(({ payment }) => new Date(payment.occurredAtMs).getUTCHours() === 3).length;
  expect(night / 3600).toBeGreaterThan(0.15);
  const known = new Set(natural.map(({ payment }) => payment.id));
  expect(fast.some(({ payment }) => known.has(payment.id))).toBe(false);
  expect(fast.some(({ fraudKind }) => fraudKind !== null)).toBe(true);
});

test("a feed started again in the middle repeats the payments of that time", () => {
  const options = { ...WORLD, paymentsPerSecond: 0.05 };
  const endMs = START_MS + DAY_MS / 2;
  const first = createLiveFeed({ ...options, startMs: START_MS }).next(endMs);
  const againMs = START_MS + DAY_MS / 4;
  const second = createLiveFeed({ ...options, startMs: againMs }).next(endMs);
  expect(second).toEqual(first.filter(({ payment }) => payment.occurredAtMs >= againMs));
});

test("a rate of nothing is refused", () => {
  for (const paymentsPerSecond of [0, -1, Number.NaN]) {
    expect(() => createLiveFeed({ ...WORLD, startMs: START_MS, paymentsPerSecond })).toThrow(RangeError);
  }
});
