import fc from "fast-check";
import { expect, test } from "vitest";
import { choose, weightedChoice } from "./weighted-choice.ts";

test("weights 1, 0 and 3 give the first a quarter, the second nothing, the third the rest", () => {
  const weights = new Map([
    [10, 1],
    [20, 0],
    [30, 3],
  ]);
  const choice = weightedChoice([10, 20, 30], (value) => weights.get(value) ?? 0);
  expect(choose(choice, 0)).toBe(10);
  expect(choose(choice, 0.2499)).toBe(10);
  expect(choose(choice, 0.25)).toBe(30);
  expect(choose(choice, 0.9999)).toBe(30);
});

test("the choice agrees with a walk along the weights", () => {
  const cases = fc.record({
    weights: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
    unit: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ weights, unit }) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      fc.pre(total > 0);
      let left = unit * total;
      const expected = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      const choice = weightedChoice([...weights.keys()], (index) => weights[index] ?? 0);
      expect(choose(choice, unit)).toBe(expected);
    }),
  );
});

test("nothing to choose from, or a negative weight, is refused", () => {
  expect(() =>
    choose(
      weightedChoice([], () => 1),
      0.5,
    ),
  ).toThrow(RangeError);
  expect(() =>
    choose(
      weightedChoice([1], () => 0),
      0.5,
    ),
  ).toThrow(RangeError);
  expect(() => weightedChoice([1], () => -1)).toThrow(RangeError);
  expect(() => weightedChoice([1], () => Number.NaN)).toThrow(RangeError);
});
