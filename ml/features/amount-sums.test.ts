import fc from "fast-check";
import { expect, test } from "vitest";
import { deviation, writePaymentValues } from "./amount-sums.ts";

function sumsOf(amounts: readonly number[]): Float64Array {
  const sums = new Float64Array(4);
  const values = new Float64Array(4);
  for (const amount of amounts) {
    writePaymentValues(amount, values);
    for (let i = 0; i < 4; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
  }
  return sums;
}

test("the deviation is numpy's std with ddof=1", () => {
  expect(deviation(sumsOf([2, 4, 4, 4, 5, 5, 7, 9]), 0)).toBeCloseTo(2.138089935299395, 14);
});

test("fewer than three amounts have no deviation, and equal ones have none at all", () => {
  expect(deviation(sumsOf([1, 2]), 0)).toBeNaN();
  expect(deviation(sumsOf([12_345_678_901, 12_345_678_901, 12_345_678_901]), 0)).toBe(0);
});

test("squares are exact: their limbs add up to the big integer, and the deviation to its exact value", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 38), { minLength: 3, maxLength: 50 }), (amounts) => {
      const sums = sumsOf(amounts);
      const exact = amounts.reduce((total, a) => total + BigInt(a) * BigInt(a), 0n);
      expect(BigInt(sums[2] ?? 0) * (1n << 30n) + BigInt(sums[3] ?? 0)).toBe(exact);
      const total = amounts.reduce((sum, a) => sum + BigInt(a), 0n);
      const n = BigInt(amounts.length);
      const variance = Number(n * exact - total * total) / Number(n * (n - 1n));
      expect(deviation(sums, 0)).toBeCloseTo(Math.sqrt(variance), -1);
    }),
  );
});

test("adding and taking back in any order leaves the same bits", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(2 ** 34), { maxLength: 40 }),
      fc.array(fc.nat(2 ** 34), { maxLength: 40 }),
      (kept, gone) => {
        const sums = sumsOf([...gone, ...kept]);
        const back = sumsOf(gone);
        expect([...sums].map((v, i) => v - (back[i] ?? 0))).toEqual([...sumsOf(kept.toReversed())]);
      },
    ),
  );
});
