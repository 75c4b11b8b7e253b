import fc from "fast-check";
import { expect, test } from "vitest";
import { fitForest } from "./fit-forest.ts";
import { forestWalk } from "./forest-walk.ts";
import { type Forest, joinTrees, leafOf } from "./nodes.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { noisyRows, noRows } from "./testing/training-rows.ts";

const { forest: grown } = await fitForest({
  training: noisyRows(1500, 3),
  validation: noRows(4),
  options: {
    ...gradientBoostingDefaults,
    rounds: 11,
    growth: "leaf",
    maxDepth: 9,
    maxLeaves: 20,
    minChildHessian: 0.5,
  },
  seed: 1,
  signal: null,
  onRound: () => {},
});
const firstTrees = (trees: number): Forest => {
  const nodes = grown.roots[trees] ?? grown.nodes.feature.length;
  const { feature, value, left, missingRight, cover } = grown.nodes;
  return {
    ...grown,
    roots: grown.roots.slice(0, trees),
    nodes: {
      feature: feature.slice(0, nodes),
      value: value.slice(0, nodes),
      left: left.slice(0, nodes),
      missingRight: missingRight.slice(0, nodes),
      cover: cover.slice(0, nodes),
    },
  };
};

const value = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

test.each([1, 2, 3, 4, 7, 11])(
  "%d trees walked side by side give the sum of single walks, bit for bit",
  (trees) => {
    const forest = firstTrees(trees);
    const walk = forestWalk(forest);
    const out = new Float64Array(1);
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), (list) => {
        const row = Float64Array.from(list);
        walk(row, 1, out);
        expect(out[0]).toBe(
          forest.roots.reduce((sum, root) => sum + leafOf(forest.nodes, root, row, 0), forest.base),
        );
      }),
    );
  },
);

test("a batch changes no bit, and writes no more than its rows", () => {
  const { features } = noisyRows(50, 9);
  const walk = forestWalk(grown);
  const [batch, alone] = [new Float64Array(51).fill(7), new Float64Array(1)];
  walk(features, 50, batch);
  expect(batch[50]).toBe(7);
  for (let row = 0; row < 50; row++) {
    walk(features.subarray(4 * row, 4 * row + 4), 1, alone);
    expect(alone[0]).toBe(batch[row]);
  }
});

test("a forest without a tree is its base", () => {
  const out = new Float64Array(1);
  forestWalk(joinTrees({ width: 2, base: -5 }, []))(new Float64Array(2), 1, out);
  expect(out[0]).toBe(-5);
});
