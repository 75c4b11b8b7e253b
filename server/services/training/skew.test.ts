import { expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { SkewCounter } from "./skew.ts";

const names = defaultFeatureSet.definitions.map((definition) => definition.name);
const bytes = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer);
const row = (change: (values: Float64Array) => void = () => {}): Float64Array => {
  const values = new Float64Array(names.length).map((_, i) => (i === 3 ? Number.NaN : i / 3));
  change(values);
  return values;
};

test("equal bits agree, missing values included", () => {
  const counter = new SkewCounter(defaultFeatureSet);
  expect(counter.add("a", bytes(row()), bytes(row()))).toBe(true);
  expect(counter.report()).toEqual({ compared: 1, differing: 0, byFeature: [], examples: [] });
});

test("the last bit of one feature is a difference of that feature", () => {
  const counter = new SkewCounter(defaultFeatureSet);
  const other = row((values) => {
    values[1] = 1 / 3 + 2 ** -54;
  });
  expect(counter.add("a", bytes(row()), bytes(other))).toBe(false);
  expect(counter.report()).toMatchObject({
    compared: 1,
    differing: 1,
    byFeature: [{ feature: names[1], rows: 1 }],
    examples: ["a"],
  });
});

test("minus zero is not zero, and a missing value is not a number", () => {
  const counter = new SkewCounter(defaultFeatureSet);
  counter.add("a", bytes(row()), bytes(row((v) => v.fill(-0, 0, 1))));
  counter.add("b", bytes(row()), bytes(row((v) => v.fill(0, 3, 4))));
  expect(counter.report().byFeature.map(({ feature }) => feature)).toEqual([names[0], names[3]]);
});

test("a vector of another length differs in every feature, and only a few examples are kept", () => {
  const counter = new SkewCounter(defaultFeatureSet);
  for (let i = 0; i < 9; i++) counter.add(`t${i}`, new Uint8Array(8), bytes(row()));
  const report = counter.report();
  expect(report.byFeature).toHaveLength(names.length);
  expect(report.byFeature.every(({ rows }) => rows === 9)).toBe(true);
  expect(report.examples).toEqual(["t0", "t1", "t2", "t3", "t4"]);
});
