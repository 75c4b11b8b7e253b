import { bestSplit, leafValue, type Split, type Sums } from "./best-split.ts";
import type { FeatureBins } from "./feature-bins.ts";
import { fillHistogram, type GradientRows, type HistogramLayout, subtractHistogram } from "./histogram.ts";
import { emptyNodes, type Nodes } from "./nodes.ts";
import type { GradientBoostingOptions } from "./options.ts";
import { partitionRows } from "./partition-rows.ts";

/** What stays the same while the trees of a forest grow. */
export type TreeData = GradientRows & {
  readonly bins: readonly FeatureBins[];
  readonly options: GradientBoostingOptions;
  /** Scratch: as long as the rows. */
  readonly spare: Uint32Array;
  /** Scratch: histogram buffers free for use, each as long as the longest layout. */
  readonly pool: Float64Array[];
};

/** Rows of one leaf of a grown tree, as a part of the row order that growing left behind. */
export type LeafRows = { readonly node: number; readonly from: number; readonly to: number };

type OpenLeaf = LeafRows & {
  readonly depth: number;
  readonly sums: Sums;
  readonly histogram: Float64Array;
  readonly split: Split;
};

/**
 * Grows one tree on the given rows, which it reorders so that each leaf holds a part of them. Leaf values are shrunk
 * already. The smaller child of a split is counted, the larger is what remains of its parent.
 */
export function growTree(
  data: TreeData,
  layout: HistogramLayout,
  rows: Uint32Array,
): { readonly tree: Nodes; readonly leaves: readonly LeafRows[] } {
  const { options } = data;
  const maxLeaves = Math.min(options.maxLeaves ?? Number.POSITIVE_INFINITY, 2 ** options.maxDepth);
  const nodes = emptyNodes(2 * maxLeaves - 1);
  const open: OpenLeaf[] = [];
  const closed: LeafRows[] = [];
  let used = 1;
  const grown = { data, layout, nodes, open, closed };
  const whole = { node: 0, from: 0, to: rows.length };
  const histogram = takeBuffer(data, layout);
  fillHistogram(histogram, layout, data, rows);
  settle(grown, { ...whole, depth: 0, sums: sumOf(data.pairs, rows), histogram });
  while (open.length > 0 && closed.length + open.length < maxLeaves) {
    const leaf = takeLeaf(open, options.growth);
    splitLeaf(grown, leaf, rows, used);
    used += 2;
  }
  for (const leaf of open) {
    closed.push(leaf);
    data.pool.push(leaf.histogram);
  }
  const cut = <T extends { slice(from: number, to: number): T }>(array: T): T => array.slice(0, used);
  const { feature, value, left, missingRight, cover } = nodes;
  return {
    tree: {
      feature: cut(feature),
      value: cut(value),
      left: cut(left),
      missingRight: cut(missingRight),
      cover: cut(cover),
    },
    leaves: closed,
  };
}

type Growing = {
  readonly data: TreeData;
  readonly layout: HistogramLayout;
  readonly nodes: Nodes;
  readonly open: OpenLeaf[];
  readonly closed: LeafRows[];
};

/** Depth-wise the order does not change the tree, so the newest leaf is next: its histogram is still at hand. */
function takeLeaf(open: OpenLeaf[], growth: GradientBoostingOptions["growth"]): OpenLeaf {
  let best = open.length - 1;
  if (growth === "leaf") {
    for (const [i, leaf] of open.entries()) {
      if (leaf.split.gain > (open[best] as OpenLeaf).split.gain) best = i;
    }
  }
  const [leaf] = open.splice(best, 1);
  return leaf as OpenLeaf;
}

function splitLeaf(growing: Growing, leaf: OpenLeaf, rows: Uint32Array, child: number): void {
  const { data, layout, nodes } = growing;
  const { split, node } = leaf;
  const { cuts } = data.bins[split.column] as FeatureBins;
  const part = rows.subarray(leaf.from, leaf.to);
  const codes = data.codes[split.column] as Uint8Array;
  const missing = split.missingRight ? -1 : cuts.length + 1;
  const middle = leaf.from + partitionRows(part, codes, { last: split.code, missing }, data.spare);
  nodes.feature[node] = split.column;
  nodes.value[node] = cuts[split.code] ?? Number.POSITIVE_INFINITY;
  nodes.left[node] = child;
  nodes.missingRight[node] = Number(split.missingRight);
  const depth = leaf.depth + 1;
  const left = { node: child, from: leaf.from, to: middle, depth, sums: split.left };
  const right = { node: child + 1, from: middle, to: leaf.to, depth, sums: split.right };
  if (depth === data.options.maxDepth) {
    data.pool.push(leaf.histogram);
    settle(growing, { ...left, histogram: null });
    settle(growing, { ...right, histogram: null });
    return;
  }
  const counted = takeBuffer(data, layout);
  const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
  const smaller = leftIsSmaller ? left : right;
  fillHistogram(counted, layout, data, rows.subarray(smaller.from, smaller.to));
  subtractHistogram(leaf.histogram, counted, layout.length);
  settle(growing, { ...left, histogram: leftIsSmaller ? counted : leaf.histogram });
  settle(growing, { ...right, histogram: leftIsSmaller ? leaf.histogram : counted });
}

type NewLeaf = Omit<OpenLeaf, "split" | "histogram"> & { readonly histogram: Float64Array | null };

/** Writes a node as a leaf, and keeps it open if a split of it is worth it. */
function settle({ data, layout, nodes, open, closed }: Growing, leaf: NewLeaf): void {
  const { options } = data;
  nodes.value[leaf.node] = options.learningRate * leafValue(leaf.sums, options.l2);
  nodes.cover[leaf.node] = leaf.to - leaf.from;
  const { histogram } = leaf;
  const split =
    histogram === null ? null : bestSplit(histogram, layout, data.bins, { sums: leaf.sums, rules: options });
  if (histogram !== null && split !== null) open.push({ ...leaf, histogram, split });
  else {
    closed.push({ node: leaf.node, from: leaf.from, to: leaf.to });
    if (histogram !== null) data.pool.push(histogram);
  }
}

function takeBuffer({ pool, bins }: TreeData, layout: HistogramLayout): Float64Array {
  const free = pool.pop();
  if (free !== undefined && free.length >= layout.length) return free;
  return new Float64Array(2 * bins.reduce((sum, { cuts }) => sum + cuts.length + 2, 0));
}

function sumOf(pairs: Float32Array, rows: Uint32Array): Sums {
  let [gradient, hessian] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    gradient += pairs[2 * row] as number;
    hessian += pairs[2 * row + 1] as number;
  }
  return { gradient, hessian };
}
