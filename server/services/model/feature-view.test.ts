import { expect, test } from "vitest";
import { defaultFeatureSet, featureSetByName, handbookFeatureSet } from "#ml/features/default-set.ts";
import { featureViews } from "./feature-view.ts";

const view = (reference: Parameters<typeof featureViews>[1], name: string) => {
  const found = featureViews(defaultFeatureSet, reference).find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

test("every feature of every set reads as a sentence, with and without a reference", () => {
  const attributes = [{ name: "v1", kind: "number" } as const, { name: "brand", kind: "category" } as const];
  for (const set of [defaultFeatureSet, handbookFeatureSet, featureSetByName("attributes", attributes)]) {
    for (const feature of featureViews(set, null)) {
      expect(feature.example, feature.name).toMatch(/^\S.{3,}/);
      expect(feature.example, feature.name).not.toMatch(/NaN|undefined|null|Infinity/);
      expect(feature.distribution).toBeNull();
    }
  }
});

test("the example has the size of real values: the ninth decile, beside the median of the month", () => {
  const reference = [
    { name: "customer_count_1d", cuts: [0, 1, 4], counts: [50, 35, 10, 5], missing: 0 },
    { name: "customer_count_30d", cuts: [60], counts: [90, 10], missing: 0 },
  ];
  const { example, distribution } = view({ reference, importance: [] }, "customer_count_1d");
  expect(example).toBe("4 payments by this customer in the last day; usually 2 a day");
  expect(distribution?.deciles?.at(-1)).toEqual({ share: 0.9, value: 4 });
});

test("a flag tells its share of yes, at least nine in ten where only ones were cut at", () => {
  const flag = { name: "is_night", missing: 0 };
  const rare = { ...flag, cuts: [0], counts: [88, 12] };
  const both = { ...flag, cuts: [0, 1], counts: [40, 60, 0] };
  const always = { ...flag, cuts: [1], counts: [100, 0] };
  const shares = [rare, both, always].map(
    (reference) => view({ reference: [reference], importance: [] }, "is_night").distribution?.shareYes,
  );
  expect(shares).toEqual([0.12, 0.6, 0.9]);
});

test("a category has no quantiles, and what is always missing has none either", () => {
  const codes = { name: "country", cuts: [12, 900], counts: [5, 4, 1], missing: 2 };
  const known = view({ reference: [codes], importance: [] }, "country");
  expect(known.distribution).toMatchObject({ deciles: null, rows: 12, missing: 2, shareYes: null });
  const gone = { name: "amount", cuts: [], counts: [0], missing: 9 };
  expect(view({ reference: [gone], importance: [] }, "amount").distribution).toMatchObject({
    deciles: null,
  });
});

test("importance stands with its feature, and with no other", () => {
  const amount = { name: "amount", permutation: 0.02, meanContribution: 0.3, gain: null };
  const known = { reference: [], importance: [amount] };
  expect(view(known, "amount").importance).toEqual(amount);
  expect(view(known, "country").importance).toBeNull();
});
