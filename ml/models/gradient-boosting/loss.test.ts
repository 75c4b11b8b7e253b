import fc from "fast-check";
import { expect, test } from "vitest";
import { focalGradient, focalHessian } from "./loss.ts";

/** -(1 - q)^gamma ln q, written down as in the paper. */
function focalLoss(margin: number, label: number, gamma: number): number {
  const p = 1 / (1 + Math.exp(-margin));
  const own = label === 1 ? p : 1 - p;
  return -((1 - own) ** gamma) * Math.log(own);
}
const step = 1e-4;
const cases = fc.tuple(
  fc.double({ min: -6, max: 6, noNaN: true }),
  fc.constantFrom(0, 1),
  fc.double({ min: 0, max: 5, noNaN: true }),
);

test("the gradient is the slope of the focal loss", () => {
  fc.assert(
    fc.property(cases, ([margin, label, gamma]) => {
      const at = (shift: number): number => focalLoss(margin + shift, label, gamma);
      expect(focalGradient(margin, label, gamma)).toBeCloseTo((at(step) - at(-step)) / (2 * step), 6);
    }),
  );
});

test("the Hessian is its curvature, or the floor where that is larger", () => {
  fc.assert(
    fc.property(cases, ([margin, label, gamma]) => {
      const slope = (shift: number): number => focalGradient(margin + shift, label, gamma);
      const curvature = (slope(step) - slope(-step)) / (2 * step);
      const own = 1 / (1 + Math.exp(label === 1 ? -margin : margin));
      expect(focalHessian(margin, label, gamma)).toBeCloseTo(
        Math.max(curvature, own * (1 - own) ** (gamma + 1)),
        6,
      );
    }),
  );
});

test("gamma 0 is the log loss", () => {
  const p = 1 / (1 + Math.exp(-0.7));
  expect(focalGradient(0.7, 1, 0)).toBeCloseTo(p - 1, 12);
  expect(focalGradient(0.7, 0, 0)).toBeCloseTo(p, 12);
  expect(focalHessian(0.7, 1, 0)).toBeCloseTo(p * (1 - p), 12);
});

test("a row that is plainly on its side counts far less, and no Hessian is ever 0 or less", () => {
  expect(Math.abs(focalGradient(4, 1, 2))).toBeLessThan(0.01 * Math.abs(focalGradient(4, 1, 0)));
  for (const margin of [-39, -5, 0, 5, 39]) expect(focalHessian(margin, 1, 2)).toBeGreaterThan(0);
});
