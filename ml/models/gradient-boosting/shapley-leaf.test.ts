import fc from "fast-check";
import { expect, test } from "vitest";
import { shapleyLeaf, shapleyLeafPatterns } from "./shapley-leaf.ts";

/** Shapley's definition: the mean over all orders, as a sum over coalitions. */
function bruteForce(value: number, ratios: readonly number[], met: number): number[] {
  const worth = (coalition: number): number =>
    ratios.reduce((product, ratio, j) => product * ((coalition >> j) & 1 ? (met >> j) & 1 : ratio), value);
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const count = ratios.length;
  return ratios.map((_, i) => {
    let share = 0;
    for (let coalition = 0; coalition < 2 ** count; coalition++) {
      if ((coalition >> i) & 1) continue;
      const size = ratios.filter((_, j) => (coalition >> j) & 1).length;
      const weight = (factorial(size) * factorial(count - 1 - size)) / factorial(count);
      share += weight * (worth(coalition | (1 << i)) - worth(coalition));
    }
    return share;
  });
}

test("one feature takes the whole difference", () => {
  const out = new Float64Array(2);
  shapleyLeaf({ value: 8, ratios: [0.25] }, 1, out, 1);
  expect([...out]).toEqual([0, 6]);
  shapleyLeaf({ value: 8, ratios: [0.25] }, 0, out, 0);
  expect(out[0]).toBe(-2);
});

test("every pattern of conditions equals the sum over coalitions", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
      fc.nat(127),
      (ratios, met) => {
        const out = new Float64Array(ratios.length);
        shapleyLeaf({ value: 3, ratios }, met, out, 0);
        const expected = bruteForce(3, ratios, met);
        for (const [i, share] of out.entries()) expect(share).toBeCloseTo(expected[i] ?? Number.NaN, 11);
      },
    ),
  );
});

test("all patterns at once are the patterns one by one, bit for bit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (ratios, value) => {
        const count = ratios.length;
        const expected = new Float64Array(count * 2 ** count);
        for (let met = 0; met < 2 ** count; met++) shapleyLeaf({ value, ratios }, met, expected, met * count);
        expect(shapleyLeafPatterns({ value, ratios })).toEqual(expected);
      },
    ),
  );
});

test("a leaf below no split has no values", () => {
  expect(shapleyLeafPatterns({ value: 2, ratios: [] })).toHaveLength(0);
});
