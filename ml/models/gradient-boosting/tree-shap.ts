import type { Forest, Nodes } from "./nodes.ts";
import { shapleyLeaf } from "./shapley-leaf.ts";

/** Writes `width` contributions to the margin of one row into `out` and returns the base margin. */
export type TreeShap = (row: Float64Array, out: Float64Array) => number;

/** Leaves that ask more features than this are worked out row by row: their table would double with each feature. */
const TABLE_FEATURES = 8;

type Leaf = {
  readonly node: number;
  readonly value: number;
  readonly features: readonly number[];
  readonly ratios: readonly number[];
};

/**
 * Exact path-dependent TreeSHAP (Lundberg et al. 2020), by a table per leaf of the Shapley values under every pattern
 * of conditions met (Fast TreeSHAP v2, Yang 2021): a row is compared once with every split, and each leaf adds one line
 * of its table. The base margin is the mean margin over the training rows, as far as covers know.
 */
export function treeShap(forest: Forest): TreeShap {
  const { nodes } = forest;
  const plan = planPaths(forest);
  const tables = buildTables(plan.leaves, nodes.feature.length);
  const masks = new Uint32Array(nodes.feature.length);
  return (row, out) => {
    out.fill(0);
    for (let t = 0; t < forest.roots.length; t++) masks[forest.roots[t] as number] = 0xffffffff;
    for (let node = 0; node < masks.length; node++) {
      if ((nodes.feature[node] as number) < 0) addLeaf(tables, node, masks[node] as number, out);
      else passMask(nodes, plan.bits, masks, { row, node });
    }
    return plan.base;
  };
}

/** The child on the row's way keeps its parent's conditions met; for the other one the split's feature is not met. */
function passMask(
  nodes: Nodes,
  bits: Uint32Array,
  masks: Uint32Array,
  { row, node }: { row: Float64Array; node: number },
): void {
  const x = row[nodes.feature[node] as number] as number;
  const left = nodes.left[node] as number;
  const goesRight = Number.isNaN(x)
    ? (nodes.missingRight[node] as number)
    : +(x > (nodes.value[node] as number));
  const mask = masks[node] as number;
  masks[left + goesRight] = mask;
  masks[left + 1 - goesRight] = mask & ~(bits[node] as number);
}

/** `bits`: of each split, the bit of its feature among those asked on the way down. */
function planPaths({ base, roots, nodes }: Forest): { bits: Uint32Array; leaves: Leaf[]; base: number } {
  const bits = new Uint32Array(nodes.feature.length);
  const leaves: Leaf[] = [];
  let mean = base;
  const walk = (node: number, features: readonly number[], ratios: readonly number[]): void => {
    const feature = nodes.feature[node] as number;
    if (feature < 0) {
      const value = nodes.value[node] as number;
      leaves.push({ node, value, features, ratios });
      mean += ratios.reduce((product, ratio) => product * ratio, value);
      return;
    }
    const known = features.indexOf(feature);
    const slot = known < 0 ? features.length : known;
    bits[node] = 1 << slot;
    const left = nodes.left[node] as number;
    const cover = nodes.cover[node] as number;
    for (const child of [left, left + 1]) {
      const share = cover > 0 ? (nodes.cover[child] as number) / cover : 0.5;
      const path = known < 0 ? [...features, feature] : features;
      walk(
        child,
        path,
        path.map((_, j) => (ratios[j] ?? 1) * (j === slot ? share : 1)),
      );
    }
  };
  for (const root of roots) walk(root, [], []);
  return { bits, leaves, base: mean };
}

type LeafTables = {
  /** Of a leaf node: where its features begin in `features`, how many they are, where its table begins. */
  readonly featuresAt: Uint32Array;
  readonly featureCount: Uint8Array;
  readonly tableAt: Uint32Array;
  readonly features: Uint16Array;
  readonly table: Float64Array;
  readonly large: ReadonlyMap<number, Leaf>;
  readonly scratch: Float64Array;
};

function buildTables(leaves: readonly Leaf[], nodeCount: number): LeafTables {
  const small = leaves.filter(({ features }) => features.length <= TABLE_FEATURES);
  const lineCount = small.reduce((sum, { features }) => sum + features.length * 2 ** features.length, 0);
  const tables = {
    featuresAt: new Uint32Array(nodeCount),
    featureCount: new Uint8Array(nodeCount),
    tableAt: new Uint32Array(nodeCount),
    features: Uint16Array.from(leaves.flatMap(({ features }) => features)),
    table: new Float64Array(lineCount),
    large: new Map(
      leaves.filter((leaf) => leaf.features.length > TABLE_FEATURES).map((leaf) => [leaf.node, leaf]),
    ),
    scratch: new Float64Array(32),
  };
  let [featuresAt, tableAt] = [0, 0];
  for (const leaf of leaves) {
    const count = leaf.features.length;
    tables.featuresAt[leaf.node] = featuresAt;
    tables.featureCount[leaf.node] = count;
    featuresAt += count;
    if (count > TABLE_FEATURES) continue;
    tables.tableAt[leaf.node] = tableAt;
    for (let met = 0; met < 2 ** count; met++, tableAt += count)
      shapleyLeaf(leaf, met, tables.table, tableAt);
  }
  return tables;
}

function addLeaf(tables: LeafTables, node: number, mask: number, out: Float64Array): void {
  const { features, scratch, large } = tables;
  const count = tables.featureCount[node] as number;
  const from = tables.featuresAt[node] as number;
  let line = tables.table;
  let at = 0;
  if (count > TABLE_FEATURES) {
    const leaf = large.get(node);
    if (leaf !== undefined) shapleyLeaf(leaf, mask, scratch, 0);
    line = scratch;
  } else at = (tables.tableAt[node] as number) + (mask & ((1 << count) - 1)) * count;
  for (let j = 0; j < count; j++) {
    const feature = features[from + j] as number;
    out[feature] = (out[feature] as number) + (line[at + j] as number);
  }
}
