import fc from "fast-check";
import { expect, test } from "vitest";
import { correctBaseRate, correctUndersampling, undersamplingMarginShift } from "./prior-correction.ts";

test("published examples", () => {
  expect(correctUndersampling(0.5, 0.1)).toBeCloseTo(1 / 11, 14);
  expect(correctBaseRate(0.8, 0.5, 0.01)).toBeCloseTo(0.038_834_951_456_310_69, 14);
});

test("keeping every row, or the same base rate, changes nothing", () => {
  expect(correctUndersampling(0.3, 1)).toBe(0.3);
  expect(correctBaseRate(0.35, 0.2, 0.2)).toBeCloseTo(0.35, 14);
});

const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });

test("a change of base rate and back is the identity, and order is kept", () => {
  fc.assert(
    fc.property(inside, inside, inside, (p, from, to) => {
      const moved = correctBaseRate(p, from, to);
      expect(correctBaseRate(moved, to, from)).toBeCloseTo(p, 9);
      if (Math.abs(to - from) > 1e-9) expect(moved > p).toBe(to > from);
    }),
  );
});

test("the margin shift is the same correction on log-odds", () => {
  fc.assert(
    fc.property(inside, inside, (p, beta) => {
      const margin = Math.log(p / (1 - p)) + undersamplingMarginShift(beta);
      expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(correctUndersampling(p, beta), 10);
    }),
  );
});

test("the ends stay the ends, and impossible arguments are refused", () => {
  expect(correctUndersampling(0, 0.2)).toBe(0);
  expect(correctUndersampling(1, 0.2)).toBe(1);
  expect(() => correctUndersampling(1.1, 0.2)).toThrow(RangeError);
  expect(() => correctUndersampling(0.5, 0)).toThrow(RangeError);
  expect(() => correctBaseRate(0.5, 0, 0.1)).toThrow(RangeError);
  expect(() => correctBaseRate(Number.NaN, 0.1, 0.1)).toThrow(RangeError);
  expect(() => undersamplingMarginShift(2)).toThrow(RangeError);
});
