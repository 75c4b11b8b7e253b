import { expect, test } from "vitest";
import type { Dataset } from "./dataset.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS } from "./time-split.ts";
import { walkForward } from "./walk-forward.ts";

const at = (day: number): number => syntheticStartMs + day * DAY_MS;
const window = (from: number, to: number) => ({ fromMs: at(from), toMs: at(to) });
const windows = { train: window(0, 40), validation: window(50, 60) };
const rule = { unlabelled: "exclude", maturityDays: 3, nowMs: at(90) } as const;

/** One payment a day at noon, every third a fraud, its label recorded `delay` days later. */
function daily(delay: number, days = 60): Dataset {
  return {
    ...syntheticDataset({ rows: days, days }),
    occurredAtMs: Float64Array.from({ length: days }, (_, day) => at(day + 0.5)),
    labels: Int8Array.from({ length: days }, (_, day) => Number(day % 3 === 0)),
    labelRecordedAtMs: Float64Array.from({ length: days }, (_, day) => at(day + 0.5 + delay)),
  };
}

test("the first fold has the windows as they are; each further one ends a validation length earlier", () => {
  const folds = walkForward(daily(1), windows, { ...rule, folds: 3 });
  expect(folds.map(({ validation }) => validation.window)).toEqual([
    window(50, 60),
    window(40, 50),
    window(30, 40),
  ]);
  expect(folds.map(({ train }) => train.window)).toEqual([window(0, 40), window(0, 30), window(0, 20)]);
  expect(folds.map(({ train }) => train.rows.length)).toEqual([40, 30, 20]);
});

test("no row is validated twice, and none is learnt from before the gap is over", () => {
  const folds = walkForward(daily(1), windows, { ...rule, folds: 3 });
  const validated = folds.flatMap(({ validation }) => [...validation.rows]);
  expect(new Set(validated).size).toBe(validated.length);
  for (const { train, validation } of folds) {
    expect(validation.window.fromMs - train.window.toMs).toBe(10 * DAY_MS);
    expect(Math.max(...train.rows)).toBeLessThan(Math.min(...validation.rows) - 9);
  }
});

test("training labels are those known when the fold's own validation began", () => {
  const folds = walkForward(daily(15), windows, { ...rule, folds: 2 });
  // Labels take 15 days: of 40 days those before day 35 are known at day 50, of 30 those before day 25 at day 40.
  expect(folds.map(({ train }) => Math.max(...train.rows))).toEqual([34, 24]);
  expect(folds.map(({ validation }) => validation.rows.length)).toEqual([10, 10]);
});

test("the walk ends where under half of training would be left, or a class is missing", () => {
  expect(walkForward(daily(1), windows, { ...rule, folds: 9 })).toHaveLength(3);
  const quiet = daily(1);
  quiet.labels.fill(0, 40, 50);
  expect(walkForward(quiet, windows, { ...rule, folds: 3 })).toHaveLength(1);
  expect(walkForward(daily(1), windows, { ...rule, folds: 0 })).toEqual([]);
});
