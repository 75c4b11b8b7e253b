import fc from "fast-check";
import { expect, test } from "vitest";
import { fitForest } from "./fit-forest.ts";
import { forestWalk } from "./forest-walk.ts";
import { type Forest, joinTrees, leafOf, type Nodes } from "./nodes.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";
import { noisyRows, noRows } from "./testing/training-rows.ts";
import { treeShap } from "./tree-shap.ts";

const training = noisyRows(1500, 3);
const grow = (changes: Partial<GradientBoostingOptions>): Promise<Forest> =>
  fitForest({
    training,
    validation: noRows(4),
    options: { ...gradientBoostingDefaults, rounds: 12, learningRate: 0.3, minChildHessian: 0.5, ...changes },
    seed: 1,
    signal: null,
    onRound: () => {},
  }).then(({ forest }) => forest);

/** What a tree expects of a row of which only some features are known: both ways by cover where one is not. */
function expectation(tree: Nodes, known: ReadonlySet<number>, row: Float64Array, node: number): number {
  const feature = tree.feature[node] ?? -1;
  if (feature < 0) return tree.value[node] ?? Number.NaN;
  const left = tree.left[node] ?? 0;
  const x = row[feature] ?? Number.NaN;
  const cut = tree.value[node] ?? 0;
  const goesRight = x <= cut ? 0 : x > cut ? 1 : (tree.missingRight[node] ?? 0);
  if (known.has(feature)) return expectation(tree, known, row, left + goesRight);
  const share = (tree.cover[left] ?? 0) / (tree.cover[node] ?? 1);
  return share * expectation(tree, known, row, left) + (1 - share) * expectation(tree, known, row, left + 1);
}

function bruteForce(forest: Forest, row: Float64Array): number[] {
  const { width } = forest;
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const worth = (coalition: number): number => {
    const known = new Set(Array.from({ length: width }, (_, f) => f).filter((f) => (coalition >> f) & 1));
    return forest.roots.reduce((sum, root) => sum + expectation(forest.nodes, known, row, root), 0);
  };
  return Array.from({ length: width }, (_, f) => {
    let share = 0;
    for (let coalition = 0; coalition < 2 ** width; coalition++) {
      if ((coalition >> f) & 1) continue;
      const size = Array.from({ length: width }, (_, j) => (coalition >> j) & 1).filter(Boolean).length;
      const weight = (factorial(size) * factorial(width - 1 - size)) / factorial(width);
      share += weight * (worth(coalition | (1 << f)) - worth(coalition));
    }
    return share;
  });
}

const arbitraryRow = fc
  .array(fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.constant(Number.NaN)), {
    minLength: 4,
    maxLength: 4,
  })
  .map((row) => Float64Array.from(row));

test("contributions are the Shapley values of the covers' expectation, missing values included", async () => {
  const forest = await grow({ rounds: 4 });
  const shap = treeShap(forest);
  const out = new Float64Array(4);
  fc.assert(
    fc.property(arbitraryRow, (row) => {
      shap(row, out);
      const expected = bruteForce(forest, row);
      for (const [f, share] of out.entries()) expect(share).toBeCloseTo(expected[f] ?? Number.NaN, 10);
    }),
  );
});

test("contributions and the base sum to the margin within 1e-9", async () => {
  const forest = await grow({ growth: "leaf", maxDepth: 14, maxLeaves: 40 });
  const shap = treeShap(forest);
  const [out, margin] = [new Float64Array(4), new Float64Array(1)];
  fc.assert(
    fc.property(arbitraryRow, (row) => {
      const base = shap(row, out);
      forestWalk(forest)(row, 1, margin);
      expect(Math.abs(out.reduce((sum, share) => sum + share, base) - (margin[0] ?? 0))).toBeLessThan(1e-9);
    }),
  );
});

test("the base is the mean margin over the training rows", async () => {
  const forest = await grow({ rowSample: 1 });
  const margins = new Float64Array(training.rows);
  forestWalk(forest)(training.features, training.rows, margins);
  const mean = margins.reduce((sum, margin) => sum + margin, 0) / training.rows;
  expect(treeShap(forest)(new Float64Array(4), new Float64Array(4))).toBeCloseTo(mean, 9);
});

test("a path through more features than a table holds is worked out row by row, as exactly", () => {
  const depth = 10;
  const chain: Nodes = {
    feature: Int16Array.from({ length: 2 * depth + 1 }, (_, n) =>
      n % 2 === 0 && n < 2 * depth ? n / 2 : -1,
    ),
    value: Float64Array.from({ length: 2 * depth + 1 }, (_, n) => (n % 2 === 0 && n < 2 * depth ? 0 : n)),
    left: Uint32Array.from({ length: 2 * depth + 1 }, (_, n) => (n % 2 === 0 && n < 2 * depth ? n + 1 : 0)),
    missingRight: new Uint8Array(2 * depth + 1),
    cover: Uint32Array.from({ length: 2 * depth + 1 }, (_, n) =>
      n % 2 === 0 ? 2 ** (depth - n / 2) : 2 ** (depth - (n + 1) / 2),
    ),
  };
  const forest = joinTrees({ width: depth, base: 0 }, [chain]);
  const row = Float64Array.from({ length: depth }, (_, f) => (f < 9 ? 1 : -1));
  const out = new Float64Array(depth);
  const base = treeShap(forest)(row, out);
  const expected = bruteForce(forest, row);
  for (const [f, share] of out.entries()) expect(share).toBeCloseTo(expected[f] ?? Number.NaN, 9);
  expect(out.reduce((sum, share) => sum + share, base)).toBeCloseTo(leafOf(chain, 0, row, 0), 9);
});

test("a feature that no tree asks contributes nothing, and a forest without trees is its base", async () => {
  const out = new Float64Array(2).fill(9);
  expect(treeShap(joinTrees({ width: 2, base: -3 }, []))(new Float64Array(2), out)).toBe(-3);
  expect([...out]).toEqual([0, 0]);
});
