import fc from "fast-check";
import { expect, test } from "vitest";
import type { Dataset } from "./dataset.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, planWindows, sliceOf, splitByTime } from "./time-split.ts";

const at = (day: number): number => syntheticStartMs + day * DAY_MS;
const window = (from: number, to: number) => ({ fromMs: at(from), toMs: at(to) });

/** One payment a day at noon, from day 0, with [label, day it was recorded] or null. */
function daily(labels: readonly (readonly [0 | 1, number] | null)[]): Dataset {
  const rows = labels.length;
  return {
    ...syntheticDataset({ rows, days: rows }),
    occurredAtMs: Float64Array.from({ length: rows }, (_, day) => at(day + 0.5)),
    labels: Int8Array.from(labels, (label) => label?.[0] ?? -1),
    labelRecordedAtMs: Float64Array.from(labels, (label) => (label ? at(label[1]) : Number.NaN)),
  };
}

const windows = { train: window(0, 4), validation: window(6, 8), test: window(8, 10) };
const mature = { unlabelled: "legitimate_when_mature", maturityDays: 2 } as const;

test("a label recorded after the gap does not exist for training, though it does for validation and test", () => {
  const labels = Array.from({ length: 10 }, (_, day) => [1, day + 6] as const);
  const split = splitByTime(daily(labels), windows, { ...mature, nowMs: at(30) });
  // At day 6 only the payment of day 0 is known as fraud; the others look legitimate, being over two days old.
  expect([...split.train.labels]).toEqual([1, 0, 0, 0]);
  expect([...split.validation.labels]).toEqual([1, 1]);
  expect([...split.test.rows]).toEqual([8, 9]);
});

test("now bounds what is known of the test slice too", () => {
  const labels = Array.from({ length: 10 }, (_, day) => [1, day + 6] as const);
  const split = splitByTime(daily(labels), windows, { ...mature, nowMs: at(14) });
  expect([...split.test.labels]).toEqual([1, 0]); // recorded on days 14 and 15
});

test("an unlabelled payment is legitimate once mature, never before", () => {
  const dataset = daily([null, null, null, null]);
  const slice = sliceOf(dataset, window(0, 4), { ...mature, knownAtMs: at(4) });
  expect([...slice.rows]).toEqual([0, 1]); // days 2 and 3 are under two days old
  expect([...slice.labels]).toEqual([0, 0]);
});

test("without a label, a payment of which no dispute could come is never legitimate; with one it counts", () => {
  const dataset = { ...daily([null, null, [0, 3], [1, 3]]), undisputable: Uint8Array.of(1, 0, 1, 1) };
  const slice = sliceOf(dataset, window(0, 4), { ...mature, knownAtMs: at(30) });
  expect([...slice.rows]).toEqual([1, 2, 3]);
  expect([...slice.labels]).toEqual([0, 0, 1]);
});

test("unlabelled payments may be left out altogether", () => {
  const dataset = daily([null, [0, 1], [1, 2], null]);
  const slice = sliceOf(dataset, window(0, 4), { unlabelled: "exclude", maturityDays: 0, knownAtMs: at(30) });
  expect([...slice.rows]).toEqual([1, 2]);
});

test("a protocol may validate inside the training span and read its labels later", () => {
  const labels = Array.from({ length: 10 }, (_, day) => [1, day + 3] as const);
  const inside = {
    train: window(0, 2),
    validation: window(2, 4),
    test: window(8, 10),
    learningLabelsAtMs: at(6),
  };
  const split = splitByTime(daily(labels), inside, { ...mature, nowMs: at(30) });
  expect([...split.train.labels, ...split.validation.labels]).toEqual([1, 1, 1, 1]);
  const early = splitByTime(
    daily(labels),
    { ...inside, learningLabelsAtMs: at(5) },
    { ...mature, nowMs: at(30) },
  );
  expect([...early.validation.labels]).toEqual([1]); // day 3 is recorded on day 6 and not yet mature on day 5
});

test("windows that overlap, run backwards or are empty are refused", () => {
  const dataset = daily([null]);
  const rule = { ...mature, nowMs: at(30) };
  for (const wrong of [
    { ...windows, train: window(0, 7) },
    { ...windows, test: window(10, 8) },
    { ...windows, validation: window(6, 6) },
  ]) {
    expect(() => splitByTime(dataset, wrong, rule)).toThrow(RangeError);
  }
});

test("every row lies in one slice at most and slices never mix times", () => {
  const dataset = syntheticDataset({ rows: 500, days: 20 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 6, maxLength: 6 }), (days) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = days.sort((x, y) => x - y);
      const cut = { train: window(a, b), validation: window(c, d), test: window(e, f) };
      const split = splitByTime(dataset, cut, { ...mature, nowMs: at(60) });
      const rows = [...split.train.rows, ...split.validation.rows, ...split.test.rows];
      expect(rows).toEqual([...new Set(rows)].sort((x, y) => x - y));
    }),
  );
});

const plan = { gapDays: 5, validationDays: 4, testDays: 4, trainDays: null, warmupDays: 0 };

test("planned windows end where labels are mature and leave the gap after training", () => {
  const dataset = syntheticDataset({ rows: 400, days: 40 });
  const planned = planWindows(dataset, plan, { nowMs: at(40), maturityDays: 6 });
  expect(planned.test).toEqual(window(30, 34));
  expect(planned.validation).toEqual(window(26, 30));
  expect(planned.train).toEqual(window(0, 21));
  const recent = planWindows(dataset, { ...plan, trainDays: 10 }, { nowMs: at(40), maturityDays: 6 });
  expect(recent.train).toEqual(window(11, 21));
});

test("a short history shrinks every part alike, and one that is too short is refused", () => {
  const dataset = syntheticDataset({ rows: 400, days: 40 });
  const planned = planWindows(dataset, { ...plan, gapDays: 34 }, { nowMs: at(60), maturityDays: 6 });
  const days = ({ fromMs, toMs }: { fromMs: number; toMs: number }): number => (toMs - fromMs) / DAY_MS;
  expect(days(planned.test)).toBeCloseTo(days(planned.validation), 9);
  expect(days(planned.test)).toBeLessThan(4);
  expect(days(planned.train)).toBeGreaterThan(days(planned.test));
  expect(() => planWindows(dataset, plan, { nowMs: at(1), maturityDays: 6 })).toThrow(
    "too little mature history",
  );
  expect(() => planWindows(daily([]), plan, { nowMs: at(60), maturityDays: 6 })).toThrow("no rows");
});

test("a history too short for the plan is judged by whole weeks before anything shrinks", () => {
  const dataset = syntheticDataset({ rows: 800, days: 80 });
  const fortnights = { gapDays: 21, validationDays: 14, testDays: 14, trainDays: null, warmupDays: 0 };
  const planned = planWindows(dataset, fortnights, { nowMs: at(85), maturityDays: 21 });
  expect(planned.test).toEqual(window(57, 64));
  expect(planned.validation).toEqual(window(50, 57));
  expect(planned.train).toEqual(window(0, 29));
});

test("while a day is left to judge by, the gap stays whole, so that training rows have matured", () => {
  const dataset = syntheticDataset({ rows: 800, days: 80 });
  const monthly = { gapDays: 30, validationDays: 14, testDays: 14, trainDays: null, warmupDays: 0 };
  const rule = { nowMs: at(80), maturityDays: 30 };
  const planned = planWindows(dataset, monthly, rule);
  expect(planned.test).toEqual(window(45, 50));
  expect(planned.validation).toEqual(window(40, 45));
  expect(planned.train).toEqual(window(0, 10));
  const unlabelled = { ...dataset, labels: dataset.labels.map(() => -1) };
  const train = splitByTime(unlabelled, planned, { ...mature, ...rule }).train;
  expect(train.rows.length).toBe(
    sliceOf(dataset, planned.train, { ...mature, knownAtMs: at(80) }).rows.length,
  );
});

test("training leaves out the warm-up, but never more than a quarter of what there is", () => {
  const dataset = syntheticDataset({ rows: 400, days: 40 });
  const planned = planWindows(dataset, { ...plan, warmupDays: 3 }, { nowMs: at(40), maturityDays: 6 });
  expect(planned.train).toEqual(window(3, 21));
  const capped = planWindows(dataset, { ...plan, warmupDays: 30 }, { nowMs: at(40), maturityDays: 6 });
  expect(capped.train).toEqual(window(5.25, 21));
});
