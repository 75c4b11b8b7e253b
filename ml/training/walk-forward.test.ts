import { expect, test } from "vitest";
import { DAY_MS } from "./time-split.ts";
import { walkForward } from "./walk-forward.ts";

const folds = walkForward({
  lastTestFromMs: 100 * DAY_MS,
  folds: 3,
  stepDays: 7,
  trainDays: 7,
  gapDays: 7,
  validationDays: 2,
  testDays: 7,
});

test("the first fold tests last: train, gap, validation and test follow one another", () => {
  expect(folds[0]).toEqual({
    train: { fromMs: 84 * DAY_MS, toMs: 91 * DAY_MS },
    validation: { fromMs: 98 * DAY_MS, toMs: 100 * DAY_MS },
    test: { fromMs: 100 * DAY_MS, toMs: 107 * DAY_MS },
  });
});

test("each further fold is the same a step earlier, so that test weeks do not overlap", () => {
  expect(folds).toHaveLength(3);
  expect(folds[2]?.test).toEqual({ fromMs: 86 * DAY_MS, toMs: 93 * DAY_MS });
  expect(folds[1]?.test.toMs).toBe(folds[0]?.test.fromMs);
});

test("no folds are none", () => {
  const none = {
    lastTestFromMs: 0,
    folds: 0,
    stepDays: 1,
    trainDays: 1,
    gapDays: 1,
    validationDays: 1,
    testDays: 1,
  };
  expect(walkForward(none)).toEqual([]);
});
