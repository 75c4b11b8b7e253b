import { expect, test } from "vitest";
import { encodeColumn, fitFeatureBins } from "./feature-bins.ts";
import { growTree, type TreeData } from "./grow-tree.ts";
import { histogramLayout } from "./histogram.ts";
import { logisticGradients } from "./logistic-loss.ts";
import { leafOf, type Nodes } from "./nodes.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";
import { noisyRows, rowsOf } from "./testing/training-rows.ts";

const plain = { ...gradientBoostingDefaults, learningRate: 1, minChildHessian: 1e-6, columnSample: 1 };

function grow(rows: ReturnType<typeof rowsOf>, changes: Partial<GradientBoostingOptions>) {
  const options = { ...plain, ...changes };
  const columns = Array.from({ length: rows.width }, (_, column) => column);
  const bins = columns.map((column) => fitFeatureBins(rows, column, options.maxBins));
  const codes = columns.map((column, c) => encodeColumn(rows, column, bins[c] ?? bins[0] ?? never()));
  const pairs = new Float32Array(2 * rows.rows);
  logisticGradients(rows, new Float64Array(rows.rows), pairs);
  const data: TreeData = { bins, codes, pairs, options, spare: new Uint32Array(rows.rows), pool: [] };
  const order = Uint32Array.from({ length: rows.rows }, (_, row) => row);
  const layout = histogramLayout(Uint16Array.from(columns), bins);
  return { ...growTree(data, layout, order), order, pool: data.pool };
}

function never(): never {
  throw new Error("a feature has bins");
}

const six = rowsOf([[1], [2], [3], [4], [5], [6]], [0, 0, 0, 1, 0, 1]);

test("a stump on six rows has the split and the leaf values worked out by hand", () => {
  const { tree } = grow(six, { maxDepth: 1 });
  expect([...tree.feature]).toEqual([0, -1, -1]);
  expect(tree.value[0]).toBe(3.5);
  expect(tree.value[1]).toBeCloseTo(-1.5 / 1.75, 12); // G = 1.5, H = 0.75, lambda = 1
  expect(tree.value[2]).toBeCloseTo(0.5 / 1.75, 12);
  expect([...tree.cover]).toEqual([6, 3, 3]);
});

test("the learning rate shrinks leaf values and nothing else", () => {
  const [full, tenth] = [grow(six, {}).tree, grow(six, { learningRate: 0.1 }).tree];
  expect(tenth.feature).toEqual(full.feature);
  for (const [node, feature] of full.feature.entries()) {
    const factor = feature < 0 ? 0.1 : 1;
    expect(tenth.value[node]).toBeCloseTo(factor * (full.value[node] ?? Number.NaN), 12);
  }
});

test("leaves hold each row once, the rows that a walk by raw values leads there", () => {
  const rows = noisyRows(500, 1);
  const { tree, leaves, order } = grow(rows, { minChildHessian: 1 });
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, row) => row));
  expect(leaves.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(500);
  for (const { node, from, to } of leaves) {
    expect(tree.cover[node]).toBe(to - from);
    for (const row of order.subarray(from, to)) {
      expect(leafOf(tree, 0, rows.features, row * rows.width)).toBe(tree.value[node]);
    }
  }
});

test("both ways of growth give the same tree when nothing limits the leaves", () => {
  const rows = noisyRows(500, 2);
  const shape = (tree: Nodes, node = 0): unknown => {
    const left = tree.left[node] ?? 0;
    if ((tree.feature[node] ?? -1) < 0) return tree.value[node];
    return [tree.feature[node], tree.value[node], shape(tree, left), shape(tree, left + 1)];
  };
  expect(shape(grow(rows, { growth: "leaf" }).tree)).toEqual(shape(grow(rows, { growth: "depth" }).tree));
});

test("leaf-wise growth spends its leaves where the gain is, to any depth", () => {
  const { tree, leaves } = grow(noisyRows(2000, 3), { growth: "leaf", maxLeaves: 6, maxDepth: 20 });
  expect(leaves).toHaveLength(6);
  expect(tree.feature).toHaveLength(11);
});

test("a tree is no deeper than allowed and gives its buffers back", () => {
  const { tree, leaves, pool } = grow(noisyRows(2000, 3), { maxDepth: 3 });
  expect(leaves.length).toBeLessThanOrEqual(8);
  expect(tree.feature.length).toBe(2 * leaves.length - 1);
  expect(new Set(pool).size).toBe(pool.length);
  expect(pool.length).toBeGreaterThan(0);
});

test("missing values have a way of their own", () => {
  const rows = rowsOf([[1], [2], [Number.NaN], [Number.NaN]], [0, 0, 1, 1]);
  const { tree } = grow(rows, { maxDepth: 1 });
  const leaf = (value: number): number => leafOf(tree, 0, Float64Array.of(value), 0);
  expect(leaf(Number.NaN)).toBeGreaterThan(0);
  expect(leaf(1)).toBeLessThan(0);
  expect(leaf(1e9)).toBeLessThan(0);
});

test("nothing to split leaves a single leaf", () => {
  const { tree, leaves } = grow(rowsOf([[1], [1]], [0, 1]), {});
  expect([...tree.feature]).toEqual([-1]);
  expect(leaves).toHaveLength(1);
});
