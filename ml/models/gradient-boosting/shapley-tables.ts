import { finish, type Steps } from "../steps.ts";
import { shapleyLeafPatterns } from "./shapley-leaf.ts";
import type { SmallTree, TableLeaf } from "./shapley-plan.ts";

/** Tables of many small trees, one behind the other; tree t has `features` and `splits` from its `At` to the next one's. */
export type ShapleyTables = {
  readonly places: Uint32Array;
  /** Ones for the features asked above the tree; splits have the bits behind them. */
  readonly aboveMask: Uint32Array;
  readonly above: Uint8Array;
  readonly splitAt: Uint32Array;
  readonly featureAt: Uint32Array;
  readonly features: Uint16Array;
  readonly tableAt: Uint32Array;
  /** A line of contributions, one per feature of the tree, for every index. */
  readonly table: Float64Array;
};

/**
 * Of each small tree, the summed Shapley values of its leaves for every outcome: which conditions on the features above
 * are met (low bits of the index), and to which side each of its splits sends the row (the bits behind them).
 */
export function shapleyTables(trees: readonly SmallTree[]): ShapleyTables {
  return finish(shapleyTablesSteps(trees));
}

/** The same in steps, one of each small tree, so that whoever serves meanwhile need not wait for all of them. */
export function* shapleyTablesSteps(trees: readonly SmallTree[]): Steps<ShapleyTables> {
  const featuresOf = trees.map((tree) => [...new Set(tree.leaves.flatMap(({ features }) => features))]);
  const tables = {
    places: Uint32Array.from(trees, ({ place }) => place),
    aboveMask: Uint32Array.from(trees, ({ above }) => 2 ** above - 1),
    above: Uint8Array.from(trees, ({ above }) => above),
    splitAt: startsOf(trees.map(({ splits }) => splits.length)),
    featureAt: startsOf(featuresOf.map((features) => features.length)),
    features: Uint16Array.from(featuresOf.flat()),
    tableAt: startsOf(trees.map((tree, t) => (featuresOf[t] ?? []).length * 2 ** bitsOf(tree))),
  };
  const table = new Float64Array(tables.tableAt.at(-1) ?? 0);
  for (const [t, tree] of trees.entries()) {
    for (const leaf of tree.leaves)
      addLeaf(table, tables.tableAt[t] ?? 0, { tree, leaf, features: featuresOf[t] ?? [] });
    yield;
  }
  return { ...tables, table };
}

const bitsOf = ({ above, splits }: SmallTree): number => above + splits.length;

/** Where each of several stretches begins, and behind the last one where it ends. */
function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) starts[i + 1] = (starts[i] ?? 0) + length;
  return starts;
}

function addLeaf(
  table: Float64Array,
  at: number,
  { tree, leaf, features }: { tree: SmallTree; leaf: TableLeaf; features: readonly number[] },
): void {
  const count = leaf.features.length;
  const own = shapleyLeafPatterns(leaf);
  const slots = Uint8Array.from(leaf.features, (feature) => features.indexOf(feature));
  const met = metByIndex(leaf, tree);
  for (let index = 0, line = at; index < met.length; index++, line += features.length) {
    const from = (met[index] as number) * count;
    for (let j = 0; j < count; j++) {
      const k = line + (slots[j] as number);
      table[k] = (table[k] as number) + (own[from + j] as number);
    }
  }
}

/**
 * Which of a leaf's features a row meets, for every index: those above as the index says, all behind unless a split
 * sends it elsewhere. Each split doubles the indices known.
 */
function metByIndex({ features, steps }: TableLeaf, { above, splits }: SmallTree): Uint16Array {
  const met = new Uint16Array(2 ** (above + splits.length));
  const behind = 2 ** features.length - 2 ** above;
  for (let index = 0; index < 2 ** above; index++) met[index] = index | behind;
  for (let split = 0, known = 2 ** above; split < splits.length; split++, known *= 2) {
    const step = steps.find((taken) => taken.split === split);
    const without = step === undefined ? -1 : ~(1 << step.slot);
    const [left, right] = step?.right === 1 ? [without, -1] : [-1, without];
    for (let index = 0; index < known; index++) {
      met[known + index] = (met[index] as number) & right;
      met[index] = (met[index] as number) & left;
    }
  }
  return met;
}
