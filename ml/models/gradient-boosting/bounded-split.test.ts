import fc from "fast-check";
import { expect, test } from "vitest";
import { leafGain, leafValue } from "./best-split.ts";
import { boundedValue, childBounds, noBounds } from "./bounded-split.ts";

const sums = fc.record({
  gradient: fc.double({ min: -50, max: 50, noNaN: true }),
  hessian: fc.double({ min: 0.1, max: 50, noNaN: true }),
});

test("without bounds value and gain are those of a free leaf", () => {
  fc.assert(
    fc.property(sums, (node) => {
      const { value, gain } = boundedValue(node, 1, noBounds);
      expect(value).toBeCloseTo(leafValue(node, 1), 12);
      expect(gain).toBeCloseTo(leafGain(node, 1), 9);
    }),
  );
});

test("a bound that is met costs gain", () => {
  const node = { gradient: -4, hessian: 1 };
  expect(boundedValue(node, 1, { low: -1, high: 1 })).toEqual({ value: 1, gain: 6 });
  expect(boundedValue(node, 1, noBounds)).toEqual({ value: 2, gain: 8 });
});

test("children of a rising feature part at the middle, those of a falling one the other way round", () => {
  const [left, right] = [
    { gradient: 2, hessian: 1 },
    { gradient: -6, hessian: 1 },
  ]; // values -1 and 3
  const bounds = { low: -5, high: 5 };
  expect(childBounds(bounds, 1, { left, right, l2: 1 })).toEqual({
    left: { low: -5, high: 1 },
    right: { low: 1, high: 5 },
  });
  expect(childBounds(bounds, -1, { left: right, right: left, l2: 1 })).toEqual({
    left: { low: 1, high: 5 },
    right: { low: -5, high: 1 },
  });
});

test("a feature without a direction hands the bounds down", () => {
  const bounds = { low: 0, high: 2 };
  const node = { gradient: 1, hessian: 1 };
  expect(childBounds(bounds, 0, { left: node, right: node, l2: 1 })).toEqual({ left: bounds, right: bounds });
});

test("whatever the children hold, their bounds never cross and stay inside the node's", () => {
  fc.assert(
    fc.property(sums, sums, fc.constantFrom(-1 as const, 1 as const), (left, right, direction) => {
      const bounds = { low: -1, high: 1 };
      const children = childBounds(bounds, direction, { left, right, l2: 1 });
      const [below, above] =
        direction > 0 ? [children.left, children.right] : [children.right, children.left];
      expect(below.high).toBe(above.low);
      expect(below.low).toBe(-1);
      expect(above.high).toBe(1);
      expect(Math.abs(below.high)).toBeLessThanOrEqual(1);
    }),
  );
});
