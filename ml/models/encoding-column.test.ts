import fc from "fast-check";
import { expect, test } from "vitest";
import { isOther, MISSING, transformed, transforms } from "./encoding-column.ts";

const apply = (name: (typeof transforms)[number], value: number, from = 0, to = 1): number =>
  transformed(transforms.indexOf(name), value, from, to);

test("the log column is log1p, odd below zero", () => {
  expect(apply("log", 99)).toBe(Math.log1p(99));
  expect(apply("log", -99)).toBe(-Math.log1p(99));
  expect(apply("log", 0)).toBe(0);
});

test("a piece rises from 0 to 1 between its ends and is flat outside", () => {
  expect([5, 10, 15, 20, 25].map((value) => apply("piece", value, 10, 20))).toEqual([0, 0, 0.5, 1, 1]);
});

test("sine and cosine repeat with their period and lie on the circle", () => {
  fc.assert(
    fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (hour) => {
      const [s, c] = [apply("sine", hour, 0, 24), apply("cosine", hour, 0, 24)];
      expect(s * s + c * c).toBeCloseTo(1, 12);
      expect(apply("sine", hour + 24, 0, 24)).toBeCloseTo(s, 9);
    }),
  );
  expect(apply("sine", 6, 0, 24)).toBeCloseTo(1, 15);
  expect(apply("cosine", 3.5, 0, 7)).toBeCloseTo(-1, 15);
});

test("the missing flag is 1 for NaN alone", () => {
  expect([Number.NaN, 0, Number.POSITIVE_INFINITY].map((value) => transformed(MISSING, value, 0, 1))).toEqual(
    [1, 0, 0],
  );
});

test("a flat column is the value itself", () => {
  expect(apply("flat", -3.25)).toBe(-3.25);
});

test("a category's column is 1 for its own code alone, the others' for every code not known", () => {
  expect([7, 8, 0, Number.NaN].map((value) => apply("category", value, 7))).toEqual([1, 0, 0, 0]);
  const known = new Set([7, 8]);
  expect([7, 8, 9, Number.NaN].map((value) => isOther(known, value))).toEqual([0, 0, 1, 0]);
});
