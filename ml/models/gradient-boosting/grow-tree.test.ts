import fc from "fast-check";
import { expect, test } from "vitest";
import { growing, growTree } from "./grow-tree.ts";
import { leafOf, type Nodes } from "./nodes.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";
import { binnedMemory } from "./testing/binned-memory.ts";
import { noisyRows, rowsOf } from "./testing/training-rows.ts";
import { soloTeam } from "./training-team.ts";

const plain = {
  ...gradientBoostingDefaults,
  learningRate: 1,
  minChildHessian: 1e-6,
  columnSample: 1,
  maxDepth: 5,
};

/** A tree on all rows from margin 0, with the margins after it. */
function grow(rows: ReturnType<typeof rowsOf>, changes: Partial<GradientBoostingOptions>) {
  const { memory, scale } = binnedMemory(rows, { ...plain, ...changes });
  const state = growing(memory, soloTeam(memory));
  return { tree: growTree(state, rows.rows, scale), memory, gains: state.gains };
}
const leavesOf = (tree: Nodes): number => tree.feature.filter((feature) => feature < 0).length;

const six = rowsOf([[1], [2], [3], [4], [5], [6]], [0, 0, 0, 1, 0, 1]);

test("a stump on six rows has the split, the leaf values and the gain worked out by hand", () => {
  const { tree, gains } = grow(six, { maxDepth: 1 });
  expect([...tree.feature]).toEqual([0, -1, -1]);
  expect(tree.value[0]).toBe(3.5);
  expect(tree.value[1]).toBeCloseTo(-1.5 / 1.75, 6); // G = 1.5, H = 0.75, lambda = 1
  expect(tree.value[2]).toBeCloseTo(0.5 / 1.75, 6);
  expect([...tree.cover]).toEqual([6, 3, 3]);
  expect(gains[0]).toBeCloseTo(2.5 / 1.75 - 0.4, 6);
});

test("the learning rate shrinks leaf values and nothing else", () => {
  const [full, tenth] = [grow(six, {}).tree, grow(six, { learningRate: 0.1 }).tree];
  expect(tenth.feature).toEqual(full.feature);
  for (const [node, feature] of full.feature.entries()) {
    const factor = feature < 0 ? 0.1 : 1;
    expect(tenth.value[node]).toBeCloseTo(factor * (full.value[node] ?? Number.NaN), 12);
  }
});

test.each([
  { growth: "depth" },
  { growth: "leaf", maxLeaves: 9 },
  { maxDepth: 2 },
  { minChildHessian: 8 },
] as const)(
  "every row's margin moves by the leaf that a walk by raw values leads to, covers count the rows: %j",
  (changes) => {
    const rows = noisyRows(700, 1);
    const { tree, memory } = grow(rows, changes);
    expect([...memory.order].sort((a, b) => a - b)).toEqual(Array.from({ length: 700 }, (_, row) => row));
    const cover = new Map<number, number>();
    for (let row = 0; row < rows.rows; row++) {
      const value = leafOf(tree, 0, rows.features, row * rows.width);
      expect(memory.margins[row]).toBe(value + 0);
      cover.set(value, (cover.get(value) ?? 0) + 1);
    }
    for (const [node, feature] of tree.feature.entries()) {
      const left = tree.left[node] ?? 0;
      if (feature >= 0) expect(tree.cover[node]).toBe((tree.cover[left] ?? 0) + (tree.cover[left + 1] ?? 0));
      else {
        const value = tree.value[node] ?? Number.NaN;
        cover.set(value, (cover.get(value) ?? 0) - (tree.cover[node] ?? 0));
      }
    }
    expect([...cover.values()].every((left) => left === 0)).toBe(true);
  },
);

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
  const { tree } = grow(noisyRows(2000, 3), { growth: "leaf", maxLeaves: 6, maxDepth: 20 });
  expect(leavesOf(tree)).toBe(6);
  expect(tree.feature).toHaveLength(11);
});

test("a tree is no deeper than allowed", () => {
  const { tree } = grow(noisyRows(2000, 3), { maxDepth: 3 });
  expect(leavesOf(tree)).toBeLessThanOrEqual(8);
  expect(tree.feature.length).toBe(2 * leavesOf(tree) - 1);
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
  expect([...grow(rowsOf([[1], [1]], [0, 1]), {}).tree.feature]).toEqual([-1]);
});

test("a constrained tree never goes the wrong way, whatever the other features", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(-1 as const, 1 as const),
      fc.constantFrom("depth" as const, "leaf" as const),
      (seed, direction, growth) => {
        const rows = noisyRows(300, seed);
        const { tree } = grow(rows, {
          monotone: [direction, 0, 0, -direction as -1 | 1],
          growth,
          maxLeaves: 24,
        });
        for (let row = 0; row < 40; row++) {
          const at = rows.features.slice(4 * row, 4 * row + 4);
          for (const [column, way] of [
            [0, direction],
            [3, -direction],
          ] as const) {
            const values = Array.from({ length: 25 }, (_, k) => {
              at[column] = k / 4 - 3;
              return way * leafOf(tree, 0, at, 0);
            });
            for (let k = 1; k < values.length; k++) {
              expect(values[k]).toBeGreaterThanOrEqual(values[k - 1] ?? Number.NaN);
            }
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});
