import fc from "fast-check";
import { expect, test } from "vitest";
import type { Slice } from "./time-split.ts";
import { checkPlan, learnedSlice, planOfSplit, type TrainingPlan, unionOf } from "./training-plan.ts";

function slice(rows: readonly number[], fraud: readonly number[] = rows.slice(0, 1)): Slice {
  return {
    window: { fromMs: rows[0] ?? 0, toMs: (rows.at(-1) ?? 0) + 1 },
    rows: Uint32Array.from(rows),
    labels: Uint8Array.from(rows, (row) => Number(fraud.includes(row))),
  };
}
const split = { train: slice([0, 1, 2]), validation: slice([4, 5]), test: slice([7]) };
const twoFolds = (changes: Partial<TrainingPlan> = {}): TrainingPlan => ({
  folds: [
    { train: slice([0, 1]), validation: slice([2, 3]) },
    { train: slice([2, 3]), validation: slice([0, 1]) },
  ],
  final: slice([0, 1, 2, 3]),
  test: slice([9]),
  ...changes,
});

test("a plain split is one fold; refit adds the final fit on both of its slices", () => {
  const once = planOfSplit(split, { refit: false });
  expect(once.folds).toEqual([{ train: split.train, validation: split.validation }]);
  expect(once.final).toBeNull();
  expect(once.test).toBe(split.test);
  const twice = planOfSplit(split, { refit: true });
  expect([...(twice.final?.rows ?? [])]).toEqual([0, 1, 2, 4, 5]);
  expect([...(twice.final?.labels ?? [])]).toEqual([1, 0, 0, 1, 0]);
  expect(twice.final?.window).toEqual({ fromMs: 0, toMs: 6 });
});

test("the final models learn from the final slice, or from the only fold's training rows", () => {
  expect(learnedSlice(planOfSplit(split, { refit: false }))).toBe(split.train);
  expect(learnedSlice(twoFolds()).rows).toHaveLength(4);
  expect(() => learnedSlice({ folds: [], final: null, test: split.test })).toThrow("at least one fold");
});

test("a union holds every row once, ascending, with its label in the first slice that has it", () => {
  const rows = fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const [a, b] = [
        slice(
          first.toSorted((i, j) => i - j),
          first,
        ),
        slice(
          second.toSorted((i, j) => i - j),
          [],
        ),
      ];
      const union = unionOf([a, b]);
      expect([...union.rows]).toEqual([...new Set([...first, ...second])].sort((i, j) => i - j));
      union.rows.forEach((row, at) => {
        expect(union.labels[at]).toBe(Number(first.includes(row)));
      });
    }),
  );
});

const all = ["isolation_forest", "gradient_boosting"] as const;

test("without a fraud only families that need no label may learn", () => {
  const unlabelled = { folds: [{ train: slice([2, 3], []), validation: slice([0, 1], []) }], final: null };
  const plan = { ...twoFolds(), ...unlabelled };
  expect(() => checkPlan(plan, ["isolation_forest"])).not.toThrow();
  expect(() => checkPlan(plan, all)).toThrow("holds no payment labelled fraud");
});

test("a plan that can be carried out passes", () => {
  expect(() => checkPlan(twoFolds(), all)).not.toThrow();
  expect(() => checkPlan(planOfSplit(split, { refit: false }), all)).not.toThrow();
});

const [first, second] = twoFolds().folds;
test.each<readonly [string, Partial<TrainingPlan>, string]>([
  ["no fold", { folds: [] }, "at least one fold"],
  ["several folds and no final slice", { final: null }, "needs a slice for the final fit"],
  ["a row validated twice", { folds: [first, first].flatMap((fold) => fold ?? []) }, "in one fold only"],
  [
    "a fold without a fraud to learn from",
    {
      folds: [first, { train: slice([2, 3], []), validation: slice([0, 1]) }].flatMap((fold) => fold ?? []),
    },
    "the train window of fold 2 holds no payment labelled fraud (2 rows)",
  ],
  [
    "nothing but frauds to validate on",
    { folds: [{ train: slice([2, 3]), validation: slice([0, 1], [0, 1]) }] },
    "the validation window holds no legitimate payment (2 rows)",
  ],
])("a plan with %s is refused in words", (_, changes, words) => {
  expect(second).toBeDefined();
  expect(() => checkPlan(twoFolds(changes), all)).toThrow(words);
});
