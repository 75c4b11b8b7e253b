/**
 * Nodes of one or many binary trees, a parent always before its children. A split sends x <= value left, x > value
 * right and NaN where `missingRight` says; the right child follows the left one. A leaf has feature -1, and its value
 * is what it adds to the margin.
 */
export type Nodes = {
  readonly feature: Int16Array;
  readonly value: Float64Array;
  readonly left: Uint32Array;
  readonly missingRight: Uint8Array;
  /** Training rows that reached the node. */
  readonly cover: Uint32Array;
};

/** Trees one after the other; `roots` holds where each begins. */
export type Forest = {
  readonly width: number;
  readonly base: number;
  readonly roots: Uint32Array;
  readonly nodes: Nodes;
  /** Gain of each feature's splits, summed over the trees; null where an old artefact did not keep it. */
  readonly gain: Float64Array | null;
};

/** Room for `count` nodes, all leaves of value 0. */
export function emptyNodes(count: number): Nodes {
  return {
    feature: new Int16Array(count).fill(-1),
    value: new Float64Array(count),
    left: new Uint32Array(count),
    missingRight: new Uint8Array(count),
    cover: new Uint32Array(count),
  };
}

/** The first `count` nodes, in arrays of their own. */
export function firstNodes({ feature, value, left, missingRight, cover }: Nodes, count: number): Nodes {
  return {
    feature: feature.slice(0, count),
    value: value.slice(0, count),
    left: left.slice(0, count),
    missingRight: missingRight.slice(0, count),
    cover: cover.slice(0, count),
  };
}

/** The value of the leaf that a row reaches; `at` is where the row begins in `features`. */
export function leafOf(nodes: Nodes, root: number, features: Float64Array, at: number): number {
  const { feature, value, left, missingRight } = nodes;
  let node = root;
  let column = feature[node] as number;
  while (column >= 0) {
    const x = features[at + column] as number;
    const goesRight = Number.isNaN(x) ? (missingRight[node] as number) : +(x > (value[node] as number));
    node = (left[node] as number) + goesRight;
    column = feature[node] as number;
  }
  return value[node] as number;
}

/** Joins trees into one forest; `gain` as in `Forest`. */
export function joinTrees(
  { width, base, gain = null }: { width: number; base: number; gain?: Float64Array | null },
  trees: readonly Nodes[],
): Forest {
  const roots = new Uint32Array(trees.length);
  const nodes = emptyNodes(trees.reduce((sum, tree) => sum + tree.feature.length, 0));
  let at = 0;
  for (const [t, tree] of trees.entries()) {
    roots[t] = at;
    nodes.feature.set(tree.feature, at);
    nodes.value.set(tree.value, at);
    nodes.missingRight.set(tree.missingRight, at);
    nodes.cover.set(tree.cover, at);
    const start = at;
    nodes.left.set(
      tree.left.map((left, node) => ((tree.feature[node] as number) < 0 ? 0 : left + start)),
      at,
    );
    at += tree.feature.length;
  }
  return { width, base, roots, nodes, gain };
}
