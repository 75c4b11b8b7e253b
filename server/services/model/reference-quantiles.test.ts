import fc from "fast-check";
import { expect, test } from "vitest";
import { quantileOfSorted } from "#ml/math/quantile.ts";
import { referenceOf } from "#ml/monitoring/feature-reference.ts";
import { decilesOf } from "./reference-quantiles.ts";

function referenceFor(values: readonly number[]) {
  const [reference] = referenceOf(Float64Array.from(values), values.length, 1, [
    { name: "x", isCategory: false },
  ]);
  if (reference === undefined) throw new Error("no reference");
  return reference;
}

test("the deciles of 1 to 101 are 11, 21 and so on", () => {
  const deciles = decilesOf(referenceFor(Array.from({ length: 101 }, (_, i) => i + 1)));
  expect(deciles.map(({ value }) => value)).toEqual([11, 21, 31, 41, 51, 61, 71, 81, 91]);
  expect(deciles[4]).toEqual({ share: 0.5, value: 51 });
});

test("a value that most payments share is the decile of all of them", () => {
  const reference = referenceFor([...Array(85).fill(0), ...Array(15).fill(7)]);
  expect(reference.cuts).toEqual([0, 7]);
  expect(decilesOf(reference).map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 7]);
});

test("missing values have no say, and nothing but missing values has no deciles", () => {
  expect(decilesOf(referenceFor([Number.NaN, 3, 3, Number.NaN]))[0]).toEqual({ share: 0.1, value: 3 });
  expect(decilesOf(referenceFor([Number.NaN, Number.NaN]))).toEqual([]);
});

test("the deciles are the type 7 quantiles of the values that the reference was made of", () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 40, maxLength: 200 });
  fc.assert(
    fc.property(values, (sample) => {
      const sorted = Float64Array.from(sample).sort();
      for (const { share, value } of decilesOf(referenceFor(sample))) {
        const exact = quantileOfSorted(sorted, share);
        // Between two values the quantile is interpolated; no value lies between it and the decile told.
        expect(
          sorted.filter((each) => each > Math.min(exact, value) && each < Math.max(exact, value)),
        ).toEqual(new Float64Array(0));
      }
    }),
  );
});
