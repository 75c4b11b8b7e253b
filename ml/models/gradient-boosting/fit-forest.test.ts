import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import type { TrainingRows } from "../model.ts";
import { fitForest } from "./fit-forest.ts";
import { forestWalk } from "./forest-walk.ts";

import type { Forest } from "./nodes.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";
import { meanLogLoss } from "./testing/mean-log-loss.ts";
import { noisyRows, noRows, rowsOf } from "./testing/training-rows.ts";

const training = noisyRows(2000, 1);
const validation = noisyRows(1000, 2);
const short = { ...gradientBoostingDefaults, rounds: 30, learningRate: 0.2, minChildHessian: 1 };

type Changes = Partial<GradientBoostingOptions> & { readonly seed?: number; readonly signal?: AbortSignal };

function boost(rows: TrainingRows, watched: TrainingRows, { seed = 1, signal, ...changes }: Changes = {}) {
  const aps: (number | null)[] = [];
  const forest = fitForest({
    training: rows,
    validation: watched,
    options: { ...short, ...changes },
    seed,
    signal: signal ?? null,
    onRound: (_, ap) => aps.push(ap),
  });
  return forest.then((grown) => ({ ...grown, aps }));
}

function marginsOf(forest: Forest, rows: TrainingRows): Float64Array {
  const out = new Float64Array(rows.rows);
  forestWalk(forest)(rows.features, rows.rows, out);
  return out;
}

const firstTrees = (forest: Forest, trees: number): Forest => ({
  ...forest,
  roots: forest.roots.slice(0, trees),
});

test("every tree lowers the training loss when it sees all rows", async () => {
  const { forest } = await boost(training, noRows(4), { rowSample: 1, columnSample: 1 });
  const losses = Array.from({ length: 31 }, (_, trees) =>
    meanLogLoss(training, marginsOf(firstTrees(forest, trees), training)),
  );
  for (let t = 1; t < losses.length; t++) expect(losses[t]).toBeLessThan(losses[t - 1] ?? 0);
  expect(forest.roots).toHaveLength(30);
});

test("the model ranks unseen rows far better than chance, missing values included", async () => {
  const { forest } = await boost(training, validation);
  const prevalence = validation.labels.reduce((sum, label) => sum + label, 0) / validation.rows;
  const ap = averagePrecision(marginsOf(forest, validation), validation.labels) ?? 0;
  expect(ap).toBeGreaterThan(3 * prevalence);
  const [known, missing] = [Float64Array.of(0, 0, 0, 0), Float64Array.of(0, 0, Number.NaN, 0)];
  const out = new Float64Array(1);
  forestWalk(forest)(known, 1, out);
  const knownMargin = out[0] ?? 0;
  forestWalk(forest)(missing, 1, out);
  expect(out[0]).toBeGreaterThan(knownMargin + 1);
});

test("early stopping keeps the trees up to the round of most worth, and goes on while there is hope", async () => {
  const { forest, curve, aps } = await boost(training, validation, { rounds: 300, patience: 15 });
  const best = curve.indexOf(Math.max(...curve)) + 1;
  expect(forest.roots).toHaveLength(best);
  expect(aps).toHaveLength(curve.length);
  expect(aps.length).toBeLessThan(300);
  expect(aps.length).toBeGreaterThanOrEqual(best);
  const ap = averagePrecision(marginsOf(forest, validation), validation.labels);
  expect(ap).toBeCloseTo(aps[best - 1] ?? Number.NaN, 12);
});

test("without a fraud to watch, or without patience, all rounds are grown", async () => {
  const honest = { ...validation, labels: new Uint8Array(validation.rows) };
  expect((await boost(training, honest, { patience: 2 })).forest.roots).toHaveLength(30);
  const { forest, aps } = await boost(training, validation, { patience: null });
  expect(forest.roots).toHaveLength(30);
  expect(aps.every((ap) => ap === null)).toBe(true);
});

test("the same seed gives the same bits; another seed samples other columns and rows", async () => {
  const changes = { rowSample: 0.7, columnSample: 0.5 };
  const bits = async (seed: number) => (await boost(training, validation, { ...changes, seed })).forest;
  expect(await bits(1)).toEqual(await bits(1));
  expect(await bits(1)).not.toEqual(await bits(2));
});

test("rows left out of a tree still move with it", async () => {
  const { forest } = await boost(training, noRows(4), { rowSample: 0.3, rounds: 60 });
  const loss = meanLogLoss(training, marginsOf(forest, training)) ?? 1;
  const start = meanLogLoss(training, marginsOf(firstTrees(forest, 0), training)) ?? 0;
  expect(loss).toBeLessThan(0.75 * start);
});

test("a weight of two is the row twice", async () => {
  const twice = noisyRows(300, 4);
  const doubled: TrainingRows = {
    ...twice,
    rows: 600,
    features: Float64Array.from([...twice.features, ...twice.features]),
    labels: Uint8Array.from([...twice.labels, ...twice.labels]),
  };
  const weighted = { ...twice, weights: new Float64Array(300).fill(2) };
  const changes = { rowSample: 1, columnSample: 1, rounds: 3 };
  const [a, b] = [await boost(weighted, noRows(4), changes), await boost(doubled, noRows(4), changes)];
  const [margins, expected] = [marginsOf(a.forest, twice), marginsOf(b.forest, twice)];
  for (const [row, margin] of margins.entries()) expect(margin).toBeCloseTo(expected[row] ?? Number.NaN, 4);
});

test("a single class, constant features and no rows give the base margin for every row", async () => {
  const honest = rowsOf([[1], [2], [3]], [0, 0, 0]);
  const { forest } = await boost(honest, noRows(1), { minChildHessian: 3 });
  expect(marginsOf(forest, honest).every((margin) => Number.isFinite(margin) && margin < 0)).toBe(true);
  const constant = await boost(rowsOf([[1], [1]], [0, 1]), noRows(1));
  expect(constant.forest.roots).toHaveLength(0);
  expect(constant.forest.base).toBeCloseTo(0, 12);
  expect((await boost(noRows(2), noRows(2))).forest.base).toBe(0);
});

test("a wrong option is refused, and an abort rejects with its reason", async () => {
  await expect(boost(training, validation, { maxBins: 1 })).rejects.toThrow(RangeError);
  await expect(boost(training, validation, { monotone: [1] })).rejects.toThrow("option monotone");
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await expect(boost(training, validation, { signal: controller.signal })).rejects.toThrow("enough");
});

test("the focal loss ranks as well, and a constrained forest never falls where it must rise", async () => {
  const focal = await boost(training, noRows(4), { loss: "focal", minChildHessian: 0.01 });
  const plain = await boost(training, noRows(4));
  const ap = (forest: Forest): number =>
    averagePrecision(marginsOf(forest, validation), validation.labels) ?? 0;
  expect(ap(focal.forest)).toBeGreaterThan(0.9 * ap(plain.forest));
  const { forest } = await boost(training, noRows(4), { monotone: [1, 0, 0, 0] });
  for (let row = 0; row < 50; row++) {
    const ladder = rowsOf(
      Array.from({ length: 30 }, (_, k) => [
        k / 5 - 3,
        ...validation.features.slice(4 * row + 1, 4 * row + 4),
      ]),
      [],
    );
    const margins = marginsOf(forest, ladder);
    for (let k = 1; k < 30; k++) expect(margins[k]).toBeGreaterThanOrEqual((margins[k - 1] ?? 0) - 1e-12);
  }
});
