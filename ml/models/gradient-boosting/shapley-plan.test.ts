import { expect, test } from "vitest";
import { fitForest } from "./fit-forest.ts";
import { emptyNodes, type Forest, joinTrees } from "./nodes.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { planShapley } from "./shapley-plan.ts";
import { shapleyTables } from "./shapley-tables.ts";
import { noisyRows, noRows } from "./testing/training-rows.ts";

async function deepForest(): Promise<Forest> {
  const { forest } = await fitForest({
    training: noisyRows(1500, 3),
    validation: noRows(4),
    options: { ...gradientBoostingDefaults, rounds: 5, maxDepth: 9, minChildHessian: 0.1 },
    seed: 1,
    signal: null,
    onRound: () => {},
  });
  return forest;
}

test("every split and every leaf has one place in the plan, parents before children", async () => {
  const forest = await deepForest();
  const { upper, small, large } = planShapley(forest);
  const splits = [...upper.map(({ node }) => node), ...small.flatMap((tree) => tree.splits)];
  const isLeaf = [...forest.nodes.feature].map((feature) => feature < 0);
  expect(new Set(splits).size).toBe(splits.length);
  expect(splits.length).toBe(isLeaf.filter((leaf) => !leaf).length);
  expect(large.length + small.flatMap(({ leaves }) => leaves).length).toBe(isLeaf.filter(Boolean).length);
  expect(upper.length).toBeGreaterThan(0);
  for (const { place, left } of upper) expect(left).toBeGreaterThan(place);
});

test("no table has more than eight bits, and none could have taken in the split above it", async () => {
  const { upper, small } = planShapley(await deepForest());
  for (const { above, splits } of small) expect(above + splits.length).toBeLessThanOrEqual(8);
  const sizes = new Map(small.map((tree) => [tree.place, tree]));
  for (const { left } of upper) {
    const [a, b] = [sizes.get(left), sizes.get(left + 1)];
    if (a === undefined || b === undefined) continue;
    // The split's own feature may have been new to the path.
    expect(Math.max(a.above, b.above) + a.splits.length + b.splits.length + 1).toBeGreaterThan(8);
  }
});

test("the shares of all leaves of a tree sum to 1", async () => {
  const forest = await deepForest();
  const plan = planShapley({ ...forest, base: 0 });
  const leaves = [...plan.large, ...plan.small.flatMap((tree) => tree.leaves)];
  const total = leaves.reduce((sum, leaf) => sum + leaf.ratios.reduce((product, r) => product * r, 1), 0);
  expect(total).toBeCloseTo(forest.roots.length, 9);
});

test("a tree of one leaf has a table without a line, and moves the mean alone", () => {
  const leaf = { ...emptyNodes(1), value: Float64Array.of(0.25), cover: Uint32Array.of(7) };
  const plan = planShapley(joinTrees({ width: 2, base: -1 }, [leaf]));
  expect(plan.mean).toBe(-0.75);
  expect(shapleyTables(plan.small).table.length).toBe(0);
});

test("every line of a table sums to what its outcome adds beyond the mean", () => {
  const stump = {
    ...emptyNodes(3),
    feature: Int16Array.of(1, -1, -1),
    value: Float64Array.of(0, -2, 6),
    left: Uint32Array.of(1, 0, 0),
    cover: Uint32Array.of(4, 3, 1),
  };
  const plan = planShapley(joinTrees({ width: 2, base: 0 }, [stump]));
  expect(plan.mean).toBe(0);
  const { table, features } = shapleyTables(plan.small);
  expect([...features]).toEqual([1]);
  expect([...table]).toEqual([-2, 6]);
});
