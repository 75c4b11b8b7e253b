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

/** The value of the leaf that a row reaches; `at` is where the row begins in `features`. */
export function leafOf(nodes: Nodes, root: number, features: Float64Array, at: number): number {
  const { feature, value, left, missingRight } = nodes;
  let node = root;
  let column = feature[node] as number;
  while (column >= 0) {
    const x = features[at + column] as number;
    const cut = value[node] as number;
    const next = left[node] as number;
    node = x <= cut ? next : x > cut ? next + 1 : next + (missingRight[node] as number);
    column = feature[node] as number;
  }
  return value[node] as number;
}

/** Joins trees into one forest. */
export function joinTrees(width: number, base: number, trees: readonly Nodes[]): Forest {
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
  return { width, base, roots, nodes };
}

/** Writes the margin of each row: the base, then every tree in its order, so that a batch changes no bit. */
export function forestMargins(forest: Forest, features: Float64Array, rows: number, out: Float64Array): void {
  const { width, base, roots, nodes } = forest;
  for (let row = 0; row < rows; row++) {
    let margin = base;
    for (let t = 0; t < roots.length; t++) margin += leafOf(nodes, roots[t] as number, features, row * width);
    out[row] = margin;
  }
}
