import { expect, test } from "vitest";
import type { LeakCode } from "#ml/evaluation/leak-finding.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { leaksOf, refuseLeaks } from "./leak-check.ts";

const dataset = syntheticDataset({});
const testFromMs = syntheticStartMs + 25 * 86_400_000;

/** The rows with another value of the feature `amount`. */
function withAmount(of: (row: number) => number): Dataset {
  const amount = dataset.featureSet.definitions.findIndex(({ name }) => name === "amount");
  const features = Float64Array.from(dataset.features);
  for (let row = 0; row < dataset.rows; row++) features[row * dataset.width + amount] = of(row);
  return { ...dataset, features };
}

const finding = (code: LeakCode, statistic: number) => ({ code, statistic, feature: null, text: `${code}.` });

test("honest rows are trained on", () => {
  expect(() => refuseLeaks(leaksOf(dataset, testFromMs))).not.toThrow();
});

test("a feature that is the label, or a running number, is refused with its name", () => {
  const label = leaksOf(
    withAmount((row) => dataset.labels[row] ?? 0),
    testFromMs,
  );
  expect(() => refuseLeaks(label)).toThrow(/^A leak: amount .*label under another name/);
  const clock = leaksOf(
    withAmount((row) => row),
    testFromMs,
  );
  expect(() => refuseLeaks(clock)).toThrow(/amount is different for nearly every payment/);
});

test("customers of the test days copied from earlier ones are refused", () => {
  const half = Math.floor(dataset.rows / 2);
  const copied = {
    ...dataset,
    rows: 2 * half,
    customerIds: Array.from({ length: 2 * half }, (_, row) =>
      row < half ? `old_${row % 20}` : `new_${(row - half) % 20}`,
    ),
    amountMinor: Float64Array.from({ length: 2 * half }, (_, row) => dataset.amountMinor[row % half] ?? 0),
  };
  const splitMs = dataset.occurredAtMs[half] ?? 0;
  expect(leaksOf(copied, splitMs).map(({ code }) => code)).toContain("copied_customers");
});

test("one label in a hundred before its payment is refused, fewer are told; what may have a reason is told", () => {
  expect(() => refuseLeaks([finding("label_before_payment", 0.01)])).toThrow("label_before_payment");
  expect(() =>
    refuseLeaks([finding("label_before_payment", 0.009), finding("separates_alone", 0.99)]),
  ).not.toThrow();
  const two = [finding("identifier", 1), finding("copied_customers", 0.5)];
  expect(() => refuseLeaks(two)).toThrow("A leak: identifier. And 1 more like it.");
});
