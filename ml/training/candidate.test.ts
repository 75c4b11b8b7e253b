import { expect, test } from "vitest";
import { familyOptions } from "#ml/models/families.ts";
import { variantsOf } from "#ml/models/family-variants.ts";
import { candidateCount, methodCandidates, nameOf, variantCandidates } from "./candidate.ts";
import type { Slice } from "./time-split.ts";
import { searchOptions, type TrainOptions, trainDefaults } from "./train-options.ts";

const rows = Uint32Array.from({ length: 20_000 }, (_, row) => row);
const slice: Slice = {
  window: { fromMs: 0, toMs: 1 },
  rows,
  labels: Uint8Array.from(rows, (row) => Number(row % 200 === 0)),
};
const searching: TrainOptions = { ...trainDefaults, ...searchOptions };

test("by default a family tries itself alone, under-sampled", () => {
  const [only, ...others] = variantCandidates("gradient_boosting", slice, trainDefaults);
  expect(others).toEqual([]);
  expect(only).toEqual({
    family: "gradient_boosting",
    variant: "default",
    imbalance: "under_sampling",
    options: familyOptions("gradient_boosting"),
  });
  expect(only && methodCandidates(only, slice, trainDefaults)).toEqual([]);
  expect(candidateCount("gradient_boosting", slice, trainDefaults)).toBe(1);
});

test("a search tries the variants on all rows, then the best of them under each other method", () => {
  const variants = variantCandidates("gradient_boosting", slice, searching);
  expect(variants.map(({ variant }) => variant)).toEqual([
    "default",
    ...variantsOf("gradient_boosting").map(({ name }) => name),
  ]);
  expect(new Set(variants.map(({ imbalance }) => imbalance))).toEqual(new Set(["none"]));
  const [, second] = variants;
  const methods = second === undefined ? [] : methodCandidates(second, slice, searching);
  expect(methods.map(({ imbalance }) => imbalance)).toContain("balanced_bagging");
  expect(methods.map(({ imbalance }) => imbalance)).not.toContain("none");
  for (const { variant, options } of methods) {
    expect(variant).toBe(second?.variant);
    expect(options).toMatchObject(variantsOf("gradient_boosting")[0]?.options ?? { missing: true });
  }
  expect(candidateCount("gradient_boosting", slice, searching)).toBe(variants.length + methods.length);
});

test("changes asked for by the run hold in every candidate that does not vary them", () => {
  const run = { ...searching, familyOptions: { logistic_regression: { maxIterations: 7 } } };
  for (const { options } of variantCandidates("logistic_regression", slice, run)) {
    expect(options.maxIterations).toBe(7);
  }
});

test("a candidate is named by its variant and its method, in words", () => {
  expect(nameOf({ variant: "deep", imbalance: "balanced_bagging" })).toBe("deep, balanced bagging");
});

test("under the focal loss a candidate's options say so, and a later method takes that back", () => {
  const run: TrainOptions = { ...searching, search: "off", imbalanceMethods: ["focal", "class_weight"] };
  const [focal, ...others] = variantCandidates("gradient_boosting", slice, run);
  expect(others).toEqual([]);
  expect(focal?.imbalance).toBe("focal");
  expect(focal?.options).toMatchObject({ loss: "focal" });
  const [weighted] = focal === undefined ? [] : methodCandidates(focal, slice, run);
  expect(weighted?.imbalance).toBe("class_weight");
  expect(weighted?.options).toEqual(familyOptions("gradient_boosting"));
});

test("a family without methods of its own is tried once, whatever is asked", () => {
  expect(candidateCount("rules", slice, searching)).toBe(1);
  expect(variantCandidates("isolation_forest", slice, searching)).toHaveLength(1);
});
