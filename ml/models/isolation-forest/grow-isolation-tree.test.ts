import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { leafOf } from "../gradient-boosting/nodes.ts";
import { growIsolationTree, type Sample } from "./grow-isolation-tree.ts";
import { averagePathLength } from "./path-length.ts";

function sampleOf(table: readonly (readonly number[])[], columns?: readonly number[]): Sample {
  const width = table[0]?.length ?? 0;
  return {
    features: Float64Array.from(table.flat()),
    width,
    rows: Uint32Array.from(table.keys()),
    columns: columns ?? Array.from({ length: width }, (_, column) => column),
  };
}

const arbitraryTable = fc.array(
  fc.array(fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constantFrom(0, 1, Number.NaN)), {
    minLength: 2,
    maxLength: 2,
  }),
  { minLength: 1, maxLength: 40 },
);

test("every split parts its rows, covers add up, and leaves hold depth plus c(rows)", () => {
  fc.assert(
    fc.property(arbitraryTable, fc.integer(), (table, seed) => {
      const tree = growIsolationTree(sampleOf(table), createRng(seed));
      const deepest = Math.ceil(Math.log2(Math.max(2, table.length)));
      const depths = new Map([[0, 0]]);
      tree.feature.forEach((feature, node) => {
        const cover = tree.cover[node] ?? 0;
        const depth = depths.get(node) ?? Number.NaN;
        expect(cover).toBeGreaterThan(0);
        expect(depth).toBeLessThanOrEqual(deepest);
        if (feature < 0) {
          expect(tree.value[node]).toBe(depth + averagePathLength(cover));
          return;
        }
        const left = tree.left[node] ?? 0;
        for (const child of [left, left + 1]) depths.set(child, depth + 1);
        expect((tree.cover[left] ?? 0) + (tree.cover[left + 1] ?? 0)).toBe(cover);
      });
      expect(depths.size).toBe(tree.feature.length);
      expect(tree.cover[0]).toBe(table.length);
    }),
  );
});

test("walking a row ends in the leaf that holds it", () => {
  fc.assert(
    fc.property(arbitraryTable, fc.integer(), (table, seed) => {
      const sample = sampleOf(table);
      const tree = growIsolationTree(sample, createRng(seed));
      const reached = new Map<number, number>();
      for (const row of sample.rows) {
        const leaf = leafOf(
          { ...tree, value: tree.value.map((value, n) => (tree.feature[n] === -1 ? n : value)) },
          0,
          sample.features,
          row * 2,
        );
        reached.set(leaf, (reached.get(leaf) ?? 0) + 1);
      }
      for (const [leaf, count] of reached) expect(tree.cover[leaf]).toBe(count);
    }),
  );
});

test("a missing value goes with the majority", () => {
  const table = [...Array.from({ length: 7 }, (_, i) => [i / 100]), [100], [Number.NaN]];
  for (let seed = 0; seed < 20; seed++) {
    const tree = growIsolationTree(sampleOf(table), createRng(seed));
    const left = tree.left[0] ?? 0;
    const side = tree.missingRight[0] ?? 0;
    expect(tree.cover[left + side]).toBeGreaterThanOrEqual(tree.cover[left + 1 - side] ?? 9);
  }
});

test("equal rows cannot be parted, and a single row needs no cut", () => {
  expect(
    growIsolationTree(
      sampleOf([
        [3, 1],
        [3, 1],
        [3, 1],
      ]),
      createRng(1),
    ).feature,
  ).toEqual(Int16Array.of(-1));
  expect(growIsolationTree(sampleOf([[3, 1]]), createRng(1)).value).toEqual(Float64Array.of(0));
});

test("only the columns asked for are cut, also when another varies", () => {
  const table = Array.from({ length: 32 }, (_, i) => [i, i % 5]);
  const tree = growIsolationTree(sampleOf(table, [1]), createRng(2));
  expect(new Set(tree.feature)).toEqual(new Set([1, -1]));
});
