import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ditherOf,
  gradientSteps,
  hasRoom,
  hessianSteps,
  pack,
  scaleFor,
  unpack,
} from "./packed-gradients.ts";

const unit = { gradient: 1, hessian: 1 };

test("whole steps survive packing and adding, whatever their signs and order", () => {
  const step = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 1000 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const sum = (list: typeof steps): number =>
        list.reduce((total, [gradient, hessian]) => total + pack(gradient, hessian, 0.5), 0);
      const packed = sum(steps);
      expect(sum(steps.toReversed())).toBe(packed);
      const gradient = steps.reduce((total, [g]) => total + g, 0);
      expect(gradientSteps(packed)).toBe(gradient);
      expect(hessianSteps(packed, gradient)).toBe(steps.reduce((total, [, h]) => total + h, 0));
    }),
  );
});

test("dither keeps the sum of parts far below a step", () => {
  let packed = 0;
  for (let row = 0; row < 10_000; row++) packed += pack(-0.01, 0.003, ditherOf(row, 3));
  const sums = unpack(packed, unit);
  expect(Math.abs(sums.gradient + 100)).toBeLessThan(5);
  expect(Math.abs(sums.hessian - 30)).toBeLessThan(5);
});

test("a scale is a power of two that leaves the sums half of their room", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), (sum) => {
      const size = { gradient: sum, hessian: sum / 7 };
      const scale = scaleFor(size);
      expect(Number.isInteger(Math.log2(scale.gradient))).toBe(true);
      expect(hasRoom(size, scale)).toBe(true);
      expect(hasRoom({ gradient: 1.9 * sum, hessian: sum / 4 }, scale)).toBe(true);
      expect(hasRoom({ gradient: 5 * sum, hessian: 0 }, scale)).toBe(false);
    }),
  );
});

test("sums are read in their own units", () => {
  expect(unpack(pack(-3, 5, 0), { gradient: 2, hessian: 4 })).toEqual({ gradient: -1.5, hessian: 1.25 });
});

test("no gradient at all has a scale too", () => {
  expect(scaleFor({ gradient: 0, hessian: 0 })).toEqual(unit);
  expect(scaleFor({ gradient: Number.POSITIVE_INFINITY, hessian: Number.NaN })).toEqual(unit);
});
