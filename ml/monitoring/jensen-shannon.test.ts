import fc from "fast-check";
import { expect, test } from "vitest";
import { jensenShannon } from "./jensen-shannon.ts";

test("a worked example in bits and nats, as scipy has it", () => {
  const result = jensenShannon([10, 20, 70], [30, 30, 40]);
  expect(result?.divergenceBits).toBeCloseTo(0.074_893_558_964_154_09, 14);
  expect(result?.distanceBase2).toBeCloseTo(0.273_666_875_898_699_3, 14);
  expect(result?.distanceNats).toBeCloseTo(0.227_842_619_450_583_5, 14);
});

test("disjoint sides are one bit apart, equal shares nothing", () => {
  expect(jensenShannon([5, 0, 0], [0, 2, 3])?.distanceBase2).toBe(1);
  expect(jensenShannon([3, 4, 5], [6, 8, 10])?.divergenceBits).toBe(0);
});

test("the distance is symmetric, in [0, 1], and obeys the triangle inequality", () => {
  const counts = fc
    .array(fc.nat(100), { minLength: 4, maxLength: 4 })
    .filter((list) => list.some((n) => n > 0));
  const between = (p: number[], q: number[]): number => jensenShannon(p, q)?.distanceBase2 ?? Number.NaN;
  fc.assert(
    fc.property(counts, counts, counts, (p, q, r) => {
      expect(between(p, q)).toBeCloseTo(between(q, p), 12);
      expect(between(p, q)).toBeLessThanOrEqual(1);
      expect(between(p, r)).toBeLessThanOrEqual(between(p, q) + between(q, r) + 1e-7);
    }),
  );
});

test("an empty side gives null, unequal categories are refused", () => {
  expect(jensenShannon([0, 0], [1, 2])).toBeNull();
  expect(() => jensenShannon([1], [1, 2])).toThrow(RangeError);
});
