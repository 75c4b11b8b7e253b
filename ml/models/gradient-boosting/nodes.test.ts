import { expect, test } from "vitest";
import { emptyNodes, forestMargins, joinTrees, leafOf, type Nodes } from "./nodes.ts";

/** x0 <= 1.5 ? 10 : (x1 <= 0 ? 20 : 30), missing x0 right, missing x1 left. */
function smallTree(): Nodes {
  const tree = emptyNodes(5);
  tree.feature.set([0, -1, 1, -1, -1]);
  tree.value.set([1.5, 10, 0, 20, 30]);
  tree.left.set([1, 0, 3, 0, 0]);
  tree.missingRight.set([1, 0, 0, 0, 0]);
  tree.cover.set([9, 4, 5, 2, 3]);
  return tree;
}

test.each([
  [[1.5, 0], 10],
  [[1.6, 0], 20],
  [[2, 0.1], 30],
  [[Number.NaN, 1], 30],
  [[2, Number.NaN], 20],
  [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 20],
])("row %j reaches leaf %d", (row, value) => {
  expect(leafOf(smallTree(), 0, Float64Array.from(row), 0)).toBe(value);
});

test("joined trees are walked as they were alone, on the base", () => {
  const forest = joinTrees(2, -5, [smallTree(), smallTree(), emptyNodes(1)]);
  expect([...forest.roots]).toEqual([0, 5, 10]);
  const out = new Float64Array(2);
  forestMargins(forest, Float64Array.from([1, 0, 2, 1]), 2, out);
  expect([...out]).toEqual([15, 55]);
});

test("a forest without a tree is its base", () => {
  const out = new Float64Array(1);
  forestMargins(joinTrees(2, -5, []), new Float64Array(2), 1, out);
  expect(out[0]).toBe(-5);
});
