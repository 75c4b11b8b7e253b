import fc from "fast-check";
import { expect, test } from "vitest";
import { ascendingOrder, descendingOrder } from "./order.ts";
import { createRng } from "./seeded-random.ts";

test("order lists positions from the lowest value, equal values in input order", () => {
  expect([...ascendingOrder([3, 1, 2, 1])]).toEqual([1, 3, 2, 0]);
  expect([...descendingOrder([3, 1, 2, 1])]).toEqual([0, 2, 3, 1]);
});

test("an empty list has an empty order, and input is not changed", () => {
  const values = [2, 1];
  expect(ascendingOrder([])).toHaveLength(0);
  ascendingOrder(values);
  expect(values).toEqual([2, 1]);
});

test("infinities and both zeros have their place", () => {
  const values = [0, Number.POSITIVE_INFINITY, -0, -1e-320, Number.NEGATIVE_INFINITY, 5e-324];
  expect([...ascendingOrder(values)]).toEqual([4, 3, 0, 2, 5, 1]);
});

test("long lists of every sign and size, with ties, come out as a stable comparison sort would give them", () => {
  const rng = createRng(1);
  const values = Float64Array.from({ length: 30_000 }, (_, i) =>
    i % 3 === 0
      ? Math.round(rng.normal() * 10) * (i % 2 === 0 ? 1 : -0)
      : rng.normal() * 10 ** rng.integer(20),
  );
  const expected = Array.from(values.keys()).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0) || i - j);
  expect([...ascendingOrder(values)]).toEqual(expected);
});

test("every order is a permutation with values that never fall", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
      const order = [...ascendingOrder(values)];
      expect([...order].sort((i, j) => i - j)).toEqual([...values.keys()]);
      order.slice(1).forEach((row, i) => {
        expect(values[row]).toBeGreaterThanOrEqual(values[order[i] ?? 0] ?? Number.NaN);
      });
    }),
  );
});

test("a value that is not a number has no order", () => {
  expect(() => ascendingOrder([1, Number.NaN])).toThrow(RangeError);
});
