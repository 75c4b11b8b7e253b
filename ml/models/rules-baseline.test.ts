import fc from "fast-check";
import { expect, test } from "vitest";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import type { TrainingRows } from "./model.ts";
import { rulesFamily } from "./rules-baseline.ts";

const { definitions } = defineFeatureSet("some", [
  { name: "amount", entity: "transaction", aggregate: "amount", window: null, unit: "minor", text: "amount" },
  {
    name: "rate",
    entity: "merchant",
    aggregate: "fraud_rate",
    window: "7d",
    unit: "ratio",
    text: "fraud rate",
  },
  {
    name: "seen",
    entity: "customer",
    aggregate: "seen_device",
    window: null,
    unit: "flag",
    text: "device seen",
  },
  { name: "v1", entity: "transaction", aggregate: "attribute", window: null, unit: "number", text: "v1" },
]);
const width = definitions.length;
const rows = 10_000;
const training: TrainingRows = {
  width,
  rows,
  features: Float64Array.from({ length: rows * width }, (_, i) => (i % width === 0 ? i / width : 0)), // amounts 0..9999
  labels: Uint8Array.from({ length: rows }, (_, i) => Number(i < 100)),
  weights: null,
};
const context = {
  featureNames: definitions.map((definition) => definition.name),
  definitions,
  seed: 1,
  signal: null,
  onProgress: () => {},
};
const model = await rulesFamily.fit(training, training, rulesFamily.defaults, context);

function marginOf(...row: number[]): number {
  const out = new Float64Array(1);
  model.margins(Float64Array.from(row), 1, out);
  return out[0] ?? Number.NaN;
}
const base = Math.log(100.5 / 9900.5);

test("a payment that breaks no rule has the log-odds of fraud in the training slice", () => {
  expect(marginOf(10, 0, 1, 99)).toBeCloseTo(base, 12);
});

test("points grow between the two cuts of a rule and then stay", () => {
  expect(marginOf(10, 0.16, 1, 0)).toBeCloseTo(base + 1.5, 12); // half way from 0.02 to 0.3
  expect(marginOf(10, 0.3, 1, 0)).toBeCloseTo(base + 3, 12);
  expect(marginOf(10, 1, 1, 0)).toBeCloseTo(base + 3, 12);
});

test("a large amount is one beyond the 99 % quantile of the training slice", () => {
  expect(marginOf(9899, 0, 1, 0)).toBeCloseTo(base, 12);
  expect(marginOf(9994, 0, 1, 0)).toBeCloseTo(base + 4, 12);
});

test("a rule may count downwards: an unseen device adds, a seen one does not", () => {
  expect(marginOf(10, 0, 0, 0)).toBeCloseTo(base + 0.5, 12);
});

test("a missing value earns no points", () => {
  expect(marginOf(Number.NaN, Number.NaN, Number.NaN, Number.NaN)).toBeCloseTo(base, 12);
});

test("contributions and base sum to the margin and name the feature that broke a rule", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2e4 }), fc.double({ min: 0, max: 1 }), (amount, rate) => {
      const out = new Float64Array(width);
      const start = model.contributions(Float64Array.of(amount, rate, 1, 0), out);
      expect(out.reduce((sum, share) => sum + share, start)).toBeCloseTo(marginOf(amount, rate, 1, 0), 12);
      expect(out[3]).toBe(0);
    }),
  );
});

test("names alone are enough where no definitions are given", async () => {
  const { definitions: _, ...names } = context;
  const byName = await rulesFamily.fit(training, training, rulesFamily.defaults, {
    ...names,
    featureNames: ["TX_AMOUNT", "TERMINAL_ID_RISK_7DAY_WINDOW", "x", "y"],
  });
  const out = new Float64Array(1);
  byName.margins(Float64Array.of(9994, 1, 0, 0), 1, out);
  expect(out[0]).toBeCloseTo(base + 7, 12);
});

test("a restored baseline gives the same margin; another family's JSON is refused", () => {
  const restored = rulesFamily.load(JSON.parse(JSON.stringify(model.toJSON())));
  const out = new Float64Array(1);
  restored.margins(Float64Array.of(9950, 0.1, 0, 0), 1, out);
  expect(out[0]).toBe(marginOf(9950, 0.1, 0, 0));
  expect(() => rulesFamily.load({ family: "rules", version: 9 })).toThrow(RangeError);
});
