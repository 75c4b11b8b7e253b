import fc from "fast-check";
import { expect, test } from "vitest";
import { kolmogorovTail } from "./kolmogorov-tail.ts";

test.each([
  [0, 1],
  [0.3, 0.999_990_694_198_665_5],
  [0.5, 0.963_945_243_664_875_1],
  [1, 0.269_999_671_677_354_56],
  [1.3581, 0.049_999_630_431_667_4],
  [2, 0.000_670_925_255_779_695_3],
])("the tail at %d is scipy's", (x, expected) => {
  expect(kolmogorovTail(x)).toBeCloseTo(expected, 12);
});

test("the two series meet at 1", () => {
  expect(kolmogorovTail(1 - 1e-12)).toBeCloseTo(kolmogorovTail(1), 10);
});

test("the tail is a probability that never rises", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (x, more) => {
        expect(kolmogorovTail(x)).toBeLessThanOrEqual(1);
        expect(kolmogorovTail(x + more)).toBeLessThanOrEqual(kolmogorovTail(x) + 1e-15);
        expect(kolmogorovTail(x + more)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test("not a number is refused", () => {
  expect(() => kolmogorovTail(Number.NaN)).toThrow(RangeError);
});
