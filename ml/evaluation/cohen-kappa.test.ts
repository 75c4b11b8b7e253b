import fc from "fast-check";
import { expect, test } from "vitest";
import { cohenKappa } from "./cohen-kappa.ts";

const order = ["fraud", "legit", "unsure"];

test("raters who always disagree on two halves score minus one", () => {
  const first = ["fraud", "legit", "fraud", "legit"];
  const second = ["legit", "fraud", "legit", "fraud"];
  expect(cohenKappa(first, second, order)).toEqual({
    kappa: -1,
    kappaLinear: -1,
    kappaQuadratic: -1,
    agreement: 0,
  });
});

test("a far disagreement costs more when weighted", () => {
  const first = ["fraud", "legit", "unsure", "fraud"];
  const near = cohenKappa(first, ["legit", "legit", "unsure", "fraud"], order);
  const far = cohenKappa(first, ["unsure", "legit", "unsure", "fraud"], order);
  expect(far.kappaQuadratic).toBeLessThan(near.kappaQuadratic ?? -9);
});

test("agreement that chance alone explains is null, and so are no items", () => {
  expect(cohenKappa(["fraud", "fraud"], ["fraud", "fraud"], order)).toMatchObject({
    kappa: null,
    agreement: 1,
  });
  expect(cohenKappa([], [], order)).toMatchObject({ kappa: null, agreement: null });
});

test("kappa never passes 1, does not depend on who is first, and is 1 for equal raters", () => {
  const ratings = fc.array(fc.tuple(fc.constantFrom(...order), fc.constantFrom(...order)), { minLength: 1 });
  fc.assert(
    fc.property(ratings, (pairs) => {
      const first = pairs.map(([rating]) => rating);
      const second = pairs.map(([, rating]) => rating);
      const { kappa } = cohenKappa(first, second, order);
      if (kappa !== null) expect(kappa).toBeLessThanOrEqual(1);
      expect(cohenKappa(second, first, order).kappa ?? 9).toBeCloseTo(kappa ?? 9, 12);
      if (new Set(first).size > 1) expect(cohenKappa(first, first, order).kappa).toBe(1);
    }),
  );
});

test("a rating outside the categories is refused", () => {
  expect(() => cohenKappa(["other"], ["fraud"], order)).toThrow(RangeError);
  expect(() => cohenKappa(["fraud"], [], order)).toThrow(RangeError);
});
