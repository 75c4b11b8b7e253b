import { expect, test } from "vitest";
import { linearModel } from "#ml/models/testing/linear-model.ts";
import { importanceOf } from "./importance-of.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, sliceOf } from "./time-split.ts";

const dataset = syntheticDataset({ rows: 4000, days: 40 });
const validation = sliceOf(
  dataset,
  { fromMs: syntheticStartMs, toMs: syntheticStartMs + 30 * DAY_MS },
  {
    unlabelled: "legitimate_when_mature",
    maturityDays: 5,
    knownAtMs: syntheticStartMs + 40 * DAY_MS,
  },
);
const plan = { folds: [{ train: validation, validation }], final: null, test: validation };
const run = { importanceRows: 2000, seed: 1, signal: null };
// The fraud rate of the merchant is the third feature, the count in an hour the fourth.
const model = linearModel("rules", -4, [0, 0, 4, 0.5, 0]);

test("features are weighed by name, those that the model lives on first, those unused at nothing", async () => {
  const importance = await importanceOf(model, dataset, plan, run);
  expect(importance?.map(({ name }) => name).toSorted()).toEqual(
    dataset.featureSet.definitions.map(({ name }) => name).toSorted(),
  );
  expect(importance?.[0]?.name).toBe("merchant_fraud_rate_7d");
  expect(importance?.[0]?.permutation).toBeGreaterThan(0.02);
  const unused = importance?.find(({ name }) => name === "amount");
  expect(unused).toMatchObject({ permutation: 0, meanContribution: 0, gain: null });
});

test("shares of gain are there for a model made of splits", async () => {
  const importance = await importanceOf({ ...model, gain: [0, 0, 3, 1, 0] }, dataset, plan, run);
  expect(importance?.find(({ name }) => name === "customer_count_1h")?.gain).toBe(0.25);
});

test("the same seed weighs the same, nothing is weighed when no rows are wanted, and an abort ends it", async () => {
  expect(await importanceOf(model, dataset, plan, run)).toEqual(
    await importanceOf(model, dataset, plan, run),
  );
  expect(await importanceOf(model, dataset, plan, { ...run, importanceRows: 0 })).toBeNull();
  const signal = AbortSignal.abort(new Error("stopped by hand"));
  await expect(importanceOf(model, dataset, plan, { ...run, signal })).rejects.toThrow("stopped by hand");
});
