import { expect, test, vi } from "vitest";
import { allRows } from "#ml/training/imbalance.ts";
import { syntheticDataset } from "#ml/training/testing/synthetic-dataset.ts";
import type { TrainingRows } from "../model.ts";
import { neuralNetworkFamily } from "./neural-network.ts";

vi.setConfig({ testTimeout: 60_000 });
const dataset = syntheticDataset({ rows: 3000 });
const slice = (from: number, to: number): TrainingRows => {
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const labels = Uint8Array.from(rows, (row) => Number(dataset.labels[row] === 1));
  return allRows(dataset, { window: { fromMs: 0, toMs: 1 }, rows, labels });
};
const [training, validation] = [slice(0, 2000), slice(2000, 3000)];
const { definitions } = dataset.featureSet;
const notes: string[] = [];
const context = {
  featureNames: definitions.map((definition) => definition.name),
  definitions,
  seed: 1,
  signal: null,
  onProgress: ({ note }: { note: string }) => notes.push(note),
};
const options = { ...neuralNetworkFamily.defaults, members: 2, epochs: 3, hidden: [8, 4] };
const model = await neuralNetworkFamily.fit(training, validation, options, context);

test("the margin is finite for every row, missing values and wild ones included", () => {
  const out = new Float64Array(1000);
  model.margins(validation.features, 1000, out);
  expect(out.every(Number.isFinite)).toBe(true);
  model.margins(new Float64Array(5).fill(Number.NaN), 1, out);
  expect(Number.isFinite(out[0])).toBe(true);
  model.margins(new Float64Array(5).fill(1e308), 1, out);
  expect(Number.isFinite(out[0])).toBe(true);
});

test("a row scores the same alone, in a batch and after a round trip through JSON", () => {
  const restored = neuralNetworkFamily.load(JSON.parse(JSON.stringify(model.toJSON())));
  const batch = new Float64Array(1000);
  model.margins(validation.features, 1000, batch);
  const alone = new Float64Array(1);
  for (const row of [0, 17, 999]) {
    const features = validation.features.slice(row * 5, row * 5 + 5);
    model.margins(features, 1, alone);
    expect(alone[0]).toBe(batch[row]);
    restored.margins(features, 1, alone);
    expect(alone[0]).toBe(batch[row]);
  }
});

test("contributions per source feature and the base sum to the margin", () => {
  const out = new Float64Array(5);
  const margin = new Float64Array(1);
  for (let row = 0; row < 200; row++) {
    const features = validation.features.slice(row * 5, row * 5 + 5);
    const base = model.contributions(features, out);
    model.margins(features, 1, margin);
    expect(out.reduce((sum, share) => sum + share, base)).toBeCloseTo(margin[0] ?? Number.NaN, 9);
  }
});

test("the same seed gives the same JSON, and progress names network and epoch", async () => {
  const again = await neuralNetworkFamily.fit(training, validation, options, context);
  expect(JSON.stringify(again.toJSON())).toBe(JSON.stringify(model.toJSON()));
  expect(notes[0]).toMatch(/^network [12] of 2, epoch 1 of 3, AP 0\.\d{4}$/);
});

test("a refit trains for the epochs that early stopping found, without stopping", () => {
  const refit = neuralNetworkFamily.refitOptions?.([model], options);
  expect(refit?.patience).toBeNull();
  expect(refit?.epochs).toBe(3); // the learning rate takes the same way
  expect(refit?.stopAfter).toBeGreaterThanOrEqual(1);
  expect(refit?.stopAfter).toBeLessThanOrEqual(3);
});

test("JSON of another family, or with a layer of another size, is refused", () => {
  expect(() => neuralNetworkFamily.load({ family: "rules", version: 1 })).toThrow(RangeError);
  const broken = JSON.parse(JSON.stringify(model.toJSON()));
  broken.members[0][0].inputs += 1;
  expect(() => neuralNetworkFamily.load(broken)).toThrow(RangeError);
});

test("a network learns from a category and explains by it, and an option out of range is refused", async () => {
  const codes = [11, 4_000_000_007, 5, Number.NaN];
  const rows = 800;
  const kinds = [
    { name: "merchant_category", unit: "category" },
    { name: "amount", unit: "minor" },
  ] as const;
  const categories: TrainingRows = {
    width: 2,
    rows,
    features: Float64Array.from({ length: rows * 2 }, (_, i) =>
      i % 2 === 0 ? (codes[(i / 2) % 4] ?? Number.NaN) : (i * 7919) % 1000,
    ),
    labels: Uint8Array.from({ length: rows }, (_, row) => Number(row % 4 === 1 && row % 3 > 0)),
    weights: null,
  };
  const trained = (changes: Partial<typeof options>) =>
    neuralNetworkFamily.fit(
      categories,
      categories,
      { ...options, epochs: 8, batchSize: 64, members: 1, ...changes },
      {
        ...context,
        featureNames: kinds.map(({ name }) => name),
        definitions: kinds.map((kind) => ({
          ...kind,
          entity: "transaction" as const,
          aggregate: "x",
          window: null,
          text: kind.name,
        })),
      },
    );
  const learnt = await trained({ skip: true, loss: "focal" });
  const [margins, out] = [new Float64Array(4), new Float64Array(2)];
  learnt.margins(Float64Array.from(codes.flatMap((code) => [code, 500])), 4, margins);
  expect(Math.max(...margins)).toBe(margins[1]);
  const base = learnt.contributions(Float64Array.of(4_000_000_007, 500), out);
  expect(base + (out[0] ?? 0) + (out[1] ?? 0)).toBeCloseTo(margins[1] ?? Number.NaN, 9);
  expect(out[0]).toBeGreaterThan(1);
  expect(out[0]).toBeGreaterThan(Math.abs(out[1] ?? 0));
  await expect(trained({ members: 0 })).rejects.toThrow("option members is out of its range");
});
