import { expect, test } from "vitest";
import { moments } from "./moments.ts";

test("the deviation is the population's, not the sample's", () => {
  expect(moments([1, 2, 3])).toEqual({ count: 3, mean: 2, deviation: Math.sqrt(2 / 3) });
});

test("a large mean does not drown a small spread", () => {
  expect(moments([1e9, 1e9 + 1, 1e9 + 2])?.deviation).toBeCloseTo(Math.sqrt(2 / 3), 9);
});

test("a constant sample has deviation exactly 0, an empty one has no moments", () => {
  expect(moments([0.1, 0.1, 0.1])).toEqual({ count: 3, mean: 0.1, deviation: 0 });
  expect(moments([])).toBeNull();
});
