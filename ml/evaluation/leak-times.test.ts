import { expect, test } from "vitest";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { labelTimeLeaks } from "./leak-times.ts";

const rate: FeatureDefinition = {
  name: "rate",
  entity: "merchant",
  aggregate: "fraud_rate",
  window: "7d",
  unit: "ratio",
  text: "fraud rate",
};

/** Rows paid at time 0, with the label and the delay of its recording. */
function leaksOf(rows: readonly (readonly [label: number, delayMs: number])[], definitions = [rate]) {
  return labelTimeLeaks({
    featureSet: { definitions },
    width: 1,
    rows: rows.length,
    features: new Float64Array(rows.length),
    labels: Int8Array.from(rows, ([label]) => label),
    occurredAtMs: new Float64Array(rows.length),
    labelRecordedAtMs: Float64Array.from(rows, ([, delay]) => delay),
  });
}

const late = Array.from({ length: 19 }, () => [1, 60_000] as const);

test("one fraud label in twenty within the minute is too many, and a minute is late enough", () => {
  expect(leaksOf(late)).toEqual([]);
  expect(leaksOf([...late, [1, 59_999]])).toEqual([
    expect.objectContaining({ code: "label_at_once", feature: "rate", statistic: 1 / 20 }),
  ]);
  expect(leaksOf([...late, ...late, [1, 0]])).toEqual([]);
});

test("legitimate labels at once are no leak of fraud, and rows without a label do not count", () => {
  expect(leaksOf([...late, [0, 0], [0, 0], [-1, Number.NaN], [-1, -5]])).toEqual([]);
});

test("only features that read labels without delay are named", () => {
  const others = [
    { ...rate, name: "delayed", delayDays: 7 },
    { ...rate, name: "count", aggregate: "count" },
    { ...rate, name: "labelled", aggregate: "labelled_fraud_rate", delayDays: 0 },
    { ...rate, name: "share", aggregate: "fraud_share" },
  ];
  const findings = leaksOf([[1, 0]], others);
  expect(findings.map(({ feature }) => feature)).toEqual(["labelled", "share"]);
  expect(findings[0]?.text).toContain("100 % of fraud labels");
});

test("labels before the payment and without a time are shares of the labelled rows", () => {
  const findings = leaksOf(
    [
      [1, -1],
      [0, -1],
      [0, 5],
      [0, Number.NaN],
      [-1, Number.NaN],
    ],
    [],
  );
  expect(findings.map(({ code, statistic }) => [code, statistic])).toEqual([
    ["label_before_payment", 0.5],
    ["label_without_time", 0.25],
  ]);
  expect(leaksOf([], [])).toEqual([]);
});
