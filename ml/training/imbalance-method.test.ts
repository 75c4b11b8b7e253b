import { expect, test } from "vitest";
import { familyOptions } from "#ml/models/families.ts";
import {
  type ImbalanceMethod,
  imbalanceDefaults,
  imbalanceMethods,
  methodsFor,
  optionsFor,
  samplesFor,
} from "./imbalance-method.ts";
import { syntheticDataset } from "./testing/synthetic-dataset.ts";
import type { Slice } from "./time-split.ts";

const dataset = syntheticDataset({ rows: 20_000 });

/** The first rows of the dataset, one in `every` fraud. */
function sliceWith(every: number, count = 20_000): Slice {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  const labels = Uint8Array.from(rows, (row) => Number(row % every === 0));
  return { window: { fromMs: 0, toMs: 1 }, rows, labels };
}
const imbalance = { ...imbalanceDefaults, negativesPerPositive: 50 };
const options = { imbalance, seed: 3 };
const sampled = (method: (typeof imbalanceMethods)[number], slice = sliceWith(100)) =>
  samplesFor(method, dataset, slice, options).map((sample) => sample());

test("all rows, each weighing 1, are learnt from without a method and under the focal loss", () => {
  for (const method of ["none", "focal"] as const) {
    const [only, ...others] = sampled(method);
    expect(others).toEqual([]);
    expect(only?.rows.rows).toBe(20_000);
    expect(only?.rows.weights).toBeNull();
    expect(only?.marginOffset).toBe(0);
  }
});

test("a class weight is the root of legitimate rows per fraud unless given, and corrected by its log", () => {
  const [only] = sampled("class_weight");
  expect(only?.rows.rows).toBe(20_000);
  expect(only?.rows.weights?.[0]).toBeCloseTo(Math.sqrt(99), 12);
  expect(only?.rows.weights?.[1]).toBe(1);
  expect(only?.marginOffset).toBeCloseTo(-Math.log(99) / 2, 12);
  const given = { imbalance: { ...imbalance, positiveWeight: 7 }, seed: 3 };
  const [weighted] = samplesFor("class_weight", dataset, sliceWith(100), given);
  expect(weighted?.().rows.weights?.[0]).toBe(7);
});

test("under-sampling keeps the legitimate rows asked for and corrects the prior", () => {
  const [only] = sampled("under_sampling");
  expect(only?.rows.rows).toBe(200 + 200 * 50);
  expect(only?.marginOffset).toBeCloseTo(Math.log(10_000 / 19_800), 12);
});

test("each member of a bag has all frauds and another draw of legitimate rows", () => {
  const members = sampled("balanced_bagging");
  expect(members).toHaveLength(imbalance.bagging.members);
  const amounts = members.map(({ rows }) => [...rows.features].filter((_, at) => at % 5 === 0));
  for (const { rows, marginOffset } of members) {
    expect(rows.labels.reduce((sum, label) => sum + label, 0)).toBe(200);
    expect(rows.rows).toBe(200 + 200 * imbalance.bagging.negativesPerPositive);
    expect(marginOffset).toBe(members[0]?.marginOffset);
  }
  expect(amounts[0]).not.toEqual(amounts[1]);
  expect(sampled("balanced_bagging")[1]?.rows.features).toEqual(members[1]?.rows.features);
});

test("a family tries the methods that can matter to it, in the order asked", () => {
  const of = (
    family: Parameters<typeof methodsFor>[0],
    asked: readonly ImbalanceMethod[] = imbalanceMethods,
  ) => methodsFor(family, asked, sliceWith(100), imbalance);
  expect(of("rules")).toEqual(["under_sampling"]);
  expect(of("logistic_regression")).toEqual(["none", "class_weight"]);
  expect(of("gradient_boosting")).toContain("balanced_bagging");
  expect(of("gradient_boosting", ["under_sampling", "none"])).toEqual(["under_sampling", "none"]);
  expect(of("logistic_regression", ["focal"])).toEqual(["none"]);
});

test("a method that comes to the same as one before it on these rows is not tried again", () => {
  const many = methodsFor("gradient_boosting", imbalanceMethods, sliceWith(10), imbalance);
  expect(many).not.toContain("under_sampling");
  expect(many).not.toContain("balanced_bagging");
  expect(methodsFor("logistic_regression", ["under_sampling"], sliceWith(10), imbalance)).toEqual([
    "under_sampling",
  ]);
});

test("the focal loss is tried where the family has one, and is an option of its fit", () => {
  const hasLoss = "loss" in familyOptions("gradient_boosting");
  const tried = methodsFor("gradient_boosting", ["none", "focal"], sliceWith(100), imbalance);
  expect(tried.includes("focal")).toBe(hasLoss);
  expect(optionsFor("focal", { l2: 1 })).toEqual({ l2: 1, loss: "focal" });
  expect(optionsFor("class_weight", { l2: 1 })).toEqual({ l2: 1 });
});
