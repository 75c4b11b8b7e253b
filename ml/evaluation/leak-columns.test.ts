import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { columnLeak } from "./leak-columns.ts";
import { rocAuc } from "./ranking.ts";

function leakOf(
  values: readonly number[],
  labels: readonly number[],
  unit: FeatureDefinition["unit"] = "number",
) {
  const rows = Uint32Array.from(values.keys());
  return columnLeak(
    {
      featureSet: { definitions: [] },
      width: 1,
      rows: values.length,
      features: Float64Array.from(values),
      labels: Int8Array.from(labels),
      occurredAtMs: new Float64Array(values.length),
      labelRecordedAtMs: new Float64Array(values.length),
    },
    {
      definition: { name: "f", entity: "transaction", aggregate: "attribute", window: null, unit, text: "f" },
      column: 0,
      judged: rows,
      recent: rows,
    },
  );
}

const half = Array.from({ length: 40 }, (_, i) => i % 2);

test("an AUC is suspicious from 0.95 on, and so is its mirror", () => {
  const value = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 40, maxLength: 40 }),
      fc.integer({ min: 0, max: 14 }),
      (noise, lift) => {
        const values = noise.map((x, i) => x + lift * (half[i] ?? 0));
        const auc = rocAuc(values, half) ?? 0.5;
        const finding = leakOf(values, half);
        if (finding?.code === "label_in_disguise") return;
        expect(finding?.code === "separates_alone").toBe(auc > 0.95 || auc < 0.05);
        if (finding?.code === "separates_alone") expect(finding.statistic).toBe(auc);
      },
    ),
  );
});

test("nine frauds are too few to accuse a feature", () => {
  const labels = Array.from({ length: 200 }, (_, i) => Number(i < 9));
  const values = labels.map((label, i) => 50 * label + (i % 7));
  expect(leakOf(values, labels)).toBeNull();
  expect(leakOf([...values, 51], [...labels, 1])?.code).toBe("separates_alone");
});

test("one value for nearly every payment of both labels is no disguise, also when it is the absence", () => {
  const labels = Array.from({ length: 400 }, (_, i) => Number(i < 100));
  expect(
    leakOf(
      labels.map(() => Number.NaN),
      labels,
    ),
  ).toBeNull();
  expect(
    leakOf(
      labels.map((label, i) => (i % 200 === 0 ? label : 0)),
      labels,
    ),
  ).toBeNull();
  expect(
    leakOf(
      labels.map((label) => (label === 1 ? 0 : Number.NaN)),
      labels,
    ),
  ).toMatchObject({
    code: "label_in_disguise",
    statistic: 1,
  });
});

test("two of a hundred exceptions are enough not to call it the label, but still to suspect it", () => {
  const labels = Array.from({ length: 400 }, (_, i) => Number(i < 100));
  const values = labels.map((label, i) => (i === 5 || i === 6 ? 0 : label));
  expect(leakOf(values, labels)?.code).toBe("separates_alone");
});

test("a category twice per value on average is a kind, less often it is a name", () => {
  const labels = Array.from({ length: 200 }, (_, i) => Number(i % 20 === 0));
  expect(
    leakOf(
      labels.map((_, i) => i % 100),
      labels,
      "category",
    ),
  ).toBeNull();
  expect(
    leakOf(
      labels.map((_, i) => i % 101),
      labels,
      "category",
    ),
  ).toMatchObject({
    code: "identifier",
    statistic: 101 / 200,
  });
});

test("a number that moves with time is a clock only if it never comes back", () => {
  const labels = Array.from({ length: 200 }, (_, i) => Number(i % 20 === 0));
  expect(
    leakOf(
      labels.map((_, i) => 3 * i),
      labels,
    )?.statistic,
  ).toBe(1);
  expect(
    leakOf(
      labels.map((_, i) => -3 * i),
      labels,
    )?.statistic,
  ).toBe(-1);
  expect(
    leakOf(
      labels.map((_, i) => Math.floor(i / 4)),
      labels,
    ),
  ).toBeNull();
  expect(
    leakOf(
      labels.map((_, i) => (i * 7_919) % 200),
      labels,
    ),
  ).toBeNull();
});
