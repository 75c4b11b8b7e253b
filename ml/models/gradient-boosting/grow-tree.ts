import { type Found, leafValue, nodeGain, nodeSum } from "./best-split.ts";
import { type Bounds, boundedValue, childBounds, noBounds } from "./bounded-split.ts";
import type { NodeRows } from "./histogram.ts";
import { emptyNodes, firstNodes, type Nodes } from "./nodes.ts";
import type { GradientBoostingOptions } from "./options.ts";
import { type GradientScale, type Sums, unpack } from "./packed-gradients.ts";
import { addParted, addToMargins, type Parting, partitionRows } from "./partition-rows.ts";
import { cutsOf, leafLimit, MOST_CODES, type TrainingMemory } from "./training-memory.ts";
import { foundSplit, type TrainingTask } from "./training-task.ts";
import type { TrainingTeam } from "./training-team.ts";

/** What stays the same while the trees of a forest grow. */
export type Growing = {
  readonly memory: TrainingMemory;
  readonly team: TrainingTeam;
  /** Scratch: as long as the rows, as the codes, and the values of a right and a left leaf. */
  readonly spare: Uint32Array;
  readonly goesLeft: Uint8Array;
  readonly sides: Float64Array;
  /** Gain of each column's splits, summed over all trees. */
  readonly gains: Float64Array;
};

type NewLeaf = NodeRows & {
  readonly node: number;
  readonly depth: number;
  readonly total: number;
  readonly bounds: Bounds;
  readonly slot: number;
  readonly found: Found | null;
};
type OpenLeaf = NewLeaf & { readonly gain: number; readonly found: Found };

type Tree = Growing & {
  readonly scale: GradientScale;
  readonly nodes: Nodes;
  readonly open: OpenLeaf[];
  readonly slots: number[];
  closed: number;
  used: number;
};

export function growing(memory: TrainingMemory, team: TrainingTeam): Growing {
  return {
    memory,
    team,
    spare: new Uint32Array(memory.rows),
    goesLeft: new Uint8Array(MOST_CODES),
    sides: new Float64Array(2),
    gains: new Float64Array(memory.width),
  };
}

/**
 * Grows one tree on the first `rows` rows of the order, which it rearranges, and adds each row's leaf to its margin.
 * Leaf values are shrunk already. The smaller child of a split is counted, the larger is what remains of its parent.
 */
export function growTree(state: Growing, rows: number, scale: GradientScale): Nodes {
  const { memory, team } = state;
  const most = leafLimit(memory.options);
  const tree: Tree = {
    ...state,
    scale,
    nodes: emptyNodes(2 * most - 1),
    open: [],
    slots: Array.from({ length: memory.slots }, (_, slot) => slot),
    closed: 0,
    used: 1,
  };
  const root = { node: 0, from: 0, to: rows, depth: 0, bounds: noBounds, slot: tree.slots.pop() ?? 0 };
  const threads = team.run({ kind: "root", slot: root.slot, rows: root, scale });
  const total = nodeSum(memory, root.slot, memory.columns[0] as number);
  settle(tree, { ...root, total, found: foundSplit(memory, 0, threads) });
  while (tree.open.length > 0) {
    const leaf = takeLeaf(tree.open, memory.options.growth);
    if (tree.closed + tree.open.length + 1 < most) splitLeaf(tree, leaf, most);
    else close(tree, leaf);
  }
  return firstNodes(tree.nodes, tree.used);
}

/** Depth-wise the order does not change the tree, so the newest leaf is next: its histogram is still at hand. */
function takeLeaf(open: OpenLeaf[], growth: GradientBoostingOptions["growth"]): OpenLeaf {
  let best = open.length - 1;
  if (growth === "leaf") {
    for (const [i, leaf] of open.entries()) {
      if (leaf.gain > (open[best] as OpenLeaf).gain) best = i;
    }
  }
  const [leaf] = open.splice(best, 1);
  return leaf as OpenLeaf;
}

function splitLeaf(tree: Tree, leaf: OpenLeaf, most: number): void {
  const { memory, nodes, scale } = tree;
  const { found, node } = leaf;
  const cuts = cutsOf(memory, found.column);
  nodes.feature[node] = found.column;
  nodes.value[node] = cuts[found.code] ?? Number.POSITIVE_INFINITY;
  nodes.left[node] = tree.used;
  nodes.missingRight[node] = Number(found.missingRight);
  tree.gains[found.column] = (tree.gains[found.column] as number) + leaf.gain;
  tree.used += 2;
  tree.goesLeft.fill(0).fill(1, 0, found.code + 1);
  tree.goesLeft[cuts.length + 1] = found.missingRight ? 0 : 1;
  const codesAt = found.column * memory.rows;
  const parting: Parting = {
    order: memory.order,
    rows: leaf,
    codes: memory.codes.subarray(codesAt, codesAt + memory.rows),
    goesLeft: tree.goesLeft,
  };
  const [left, right] = [unpack(found.left, scale), unpack(leaf.total - found.left, scale)];
  const direction = memory.options.monotone?.[found.column] ?? 0;
  const bounds = childBounds(leaf.bounds, direction, { left, right, l2: memory.options.l2 });
  const depth = leaf.depth + 1;
  if (depth === memory.options.maxDepth || tree.closed + tree.open.length + 2 === most) {
    const { sides } = tree;
    sides[0] = shrunkValue(tree, right, bounds.right);
    sides[1] = shrunkValue(tree, left, bounds.left);
    const count = addParted(parting, memory.margins, sides);
    const first = nodes.left[node] as number;
    writeLeaf(tree, first, { value: sides[1], cover: count });
    writeLeaf(tree, first + 1, { value: sides[0], cover: leaf.to - leaf.from - count });
    tree.slots.push(leaf.slot);
    return;
  }
  const middle = leaf.from + partitionRows(parting, tree.spare);
  countChildren(tree, leaf, { middle, depth, bounds });
}

function countChildren(
  tree: Tree,
  leaf: OpenLeaf,
  { middle, depth, bounds }: { middle: number; depth: number; bounds: { left: Bounds; right: Bounds } },
): void {
  const { memory, team, scale, nodes } = tree;
  const first = nodes.left[leaf.node] as number;
  const left = {
    node: first,
    from: leaf.from,
    to: middle,
    depth,
    total: leaf.found.left,
    bounds: bounds.left,
  };
  const total = leaf.total - leaf.found.left;
  const right = { node: first + 1, from: middle, to: leaf.to, depth, total, bounds: bounds.right };
  const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
  const [smaller, larger] = leftIsSmaller ? [left, right] : [right, left];
  const [parent, child] = [leaf.slot, tree.slots.pop() ?? 0];
  const task: TrainingTask = {
    kind: "children",
    parent,
    child,
    rows: smaller,
    scale,
    parentBounds: larger.bounds,
    childBounds: smaller.bounds,
  };
  const threads = team.run(task);
  const found = { larger: foundSplit(memory, 0, threads), smaller: foundSplit(memory, 1, threads) };
  const settled = [
    { ...smaller, slot: child, found: found.smaller },
    { ...larger, slot: parent, found: found.larger },
  ] as const;
  // Left before right, so that the nodes of a leaf-wise tree have one order.
  settle(tree, settled[leftIsSmaller ? 0 : 1]);
  settle(tree, settled[leftIsSmaller ? 1 : 0]);
}

/** Keeps a new leaf open if a split of it is worth it. */
function settle(tree: Tree, leaf: NewLeaf): void {
  if (leaf.found === null) {
    close(tree, leaf);
    return;
  }
  const own = nodeGain(unpack(leaf.total, tree.scale), tree.memory.options, leaf.bounds);
  tree.nodes.cover[leaf.node] = leaf.to - leaf.from;
  tree.open.push({ ...leaf, found: leaf.found, gain: leaf.found.gain - own });
}

function close(tree: Tree, leaf: NewLeaf): void {
  const { margins, order } = tree.memory;
  const value = shrunkValue(tree, unpack(leaf.total, tree.scale), leaf.bounds);
  addToMargins(margins, order, leaf, value);
  writeLeaf(tree, leaf.node, { value, cover: leaf.to - leaf.from });
  tree.slots.push(leaf.slot);
}

function writeLeaf(tree: Tree, node: number, { value, cover }: { value: number; cover: number }): void {
  tree.nodes.value[node] = value;
  tree.nodes.cover[node] = cover;
  tree.closed++;
}

function shrunkValue({ memory }: Tree, sums: Sums, bounds: Bounds): number {
  const { l2, learningRate, monotone } = memory.options;
  return learningRate * (monotone === null ? leafValue(sums, l2) : boundedValue(sums, l2, bounds).value);
}
