import { expect, test } from "vitest";
import { emptyNodes, joinTrees, leafOf, type Nodes } from "./nodes.ts";

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

test("joined trees lie one after the other and are walked as they were alone", () => {
  const { roots, nodes } = joinTrees({ width: 2, base: -5 }, [emptyNodes(1), smallTree(), smallTree()]);
  expect([...roots]).toEqual([0, 1, 6]);
  expect(leafOf(nodes, 0, Float64Array.from([2, 1]), 0)).toBe(0);
  for (const root of [1, 6]) expect(leafOf(nodes, root, Float64Array.from([2, 1]), 0)).toBe(30);
  expect(nodes.cover.subarray(1, 6)).toEqual(smallTree().cover);
});

test("a row may begin anywhere", () => {
  expect(leafOf(smallTree(), 0, Float64Array.from([1, 0, 2, 1]), 2)).toBe(30);
});
