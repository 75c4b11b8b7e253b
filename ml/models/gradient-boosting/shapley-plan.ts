import type { Forest, Nodes } from "./nodes.ts";

/** Bits that the index of a table has at most: a table doubles with each, and takes a comparison less for each. */
const TABLE_BITS = 8;

/** The features asked on a way down, each once, and of each the share of training rows that went the same way. */
type Path = { readonly features: readonly number[]; readonly ratios: readonly number[] };

/** A split above all tables. `bit`: of its feature, among those of the path. Its right child's place follows the left's. */
export type UpperSplit = {
  readonly node: number;
  readonly place: number;
  readonly left: number;
  readonly bit: number;
};

/** A leaf of a small tree: its whole path, and the splits of the small tree on the way with the side that leads here. */
export type TableLeaf = Path & {
  readonly value: number;
  readonly steps: readonly { readonly split: number; readonly right: 0 | 1; readonly slot: number }[];
};

/** A tree or the lower end of one, small enough for a table. */
export type SmallTree = {
  readonly place: number;
  /** Features asked above it: the first ones of each leaf's. */
  readonly above: number;
  /** Nodes of its splits. */
  readonly splits: readonly number[];
  readonly leaves: readonly TableLeaf[];
};

/** A leaf whose path asks too many features for a table. */
export type LargeLeaf = Path & { readonly place: number; readonly value: number };

/** Places are numbered from 0, a tree's root at `roots`; parents come before children. */
type ShapleyPlan = {
  readonly places: number;
  readonly roots: readonly number[];
  readonly upper: readonly UpperSplit[];
  readonly small: readonly SmallTree[];
  readonly large: readonly LargeLeaf[];
  /** Mean margin over the training rows, as far as covers know. */
  readonly mean: number;
};

type Draft = {
  readonly nodes: Nodes;
  readonly splitCounts: Uint32Array;
  readonly upper: UpperSplit[];
  readonly small: SmallTree[];
  readonly large: LargeLeaf[];
  places: number;
};

/** Cuts each tree into the largest lower ends that fit a table, and the splits above them. */
export function planShapley({ base, roots, nodes }: Forest): ShapleyPlan {
  const draft: Draft = {
    nodes,
    splitCounts: countSplits(nodes),
    upper: [],
    small: [],
    large: [],
    places: 0,
  };
  const places = Array.from(roots, (root) => {
    const place = draft.places++;
    descend(draft, { node: root, place }, { features: [], ratios: [] });
    return place;
  });
  const { upper, small, large } = draft;
  const leaves = [...large, ...small.flatMap((tree) => tree.leaves)];
  const mean = leaves.reduce(
    (sum, { value, ratios }) => sum + ratios.reduce((product, ratio) => product * ratio, value),
    base,
  );
  return { places: draft.places, roots: places, upper, small, large, mean };
}

function countSplits({ feature, left }: Nodes): Uint32Array {
  const counts = new Uint32Array(feature.length);
  for (let node = feature.length - 1; node >= 0; node--) {
    if ((feature[node] ?? -1) < 0) continue;
    const child = left[node] ?? 0;
    counts[node] = 1 + (counts[child] ?? 0) + (counts[child + 1] ?? 0);
  }
  return counts;
}

function descend(draft: Draft, { node, place }: { node: number; place: number }, path: Path): void {
  const { nodes, splitCounts, upper, small, large } = draft;
  if (path.features.length + (splitCounts[node] ?? 0) <= TABLE_BITS) {
    small.push({ place, above: path.features.length, ...smallTree(nodes, node, path) });
    return;
  }
  if ((nodes.feature[node] ?? -1) < 0) {
    large.push({ ...path, place, value: nodes.value[node] ?? 0 });
    return;
  }
  const left = draft.places;
  draft.places += 2;
  const children = childPaths(nodes, node, path);
  upper.push({ node, place, left, bit: 1 << children.slot });
  const child = nodes.left[node] ?? 0;
  descend(draft, { node: child, place: left }, children.left);
  descend(draft, { node: child + 1, place: left + 1 }, children.right);
}

function smallTree(nodes: Nodes, root: number, above: Path): Pick<SmallTree, "splits" | "leaves"> {
  const splits: number[] = [];
  const leaves: TableLeaf[] = [];
  const walk = (node: number, path: Path, steps: TableLeaf["steps"]): void => {
    if ((nodes.feature[node] ?? -1) < 0) {
      leaves.push({ ...path, value: nodes.value[node] ?? 0, steps });
      return;
    }
    const split = splits.push(node) - 1;
    const { slot, left, right } = childPaths(nodes, node, path);
    const child = nodes.left[node] ?? 0;
    walk(child, left, [...steps, { split, right: 0, slot }]);
    walk(child + 1, right, [...steps, { split, right: 1, slot }]);
  };
  walk(root, above, []);
  return { splits, leaves };
}

/** The paths to both children of a split, and the slot of its feature in them. */
function childPaths(
  nodes: Nodes,
  node: number,
  { features, ratios }: Path,
): { readonly slot: number; readonly left: Path; readonly right: Path } {
  const feature = nodes.feature[node] ?? -1;
  const known = features.indexOf(feature);
  const slot = known < 0 ? features.length : known;
  const longer = known < 0 ? [...features, feature] : features;
  const cover = nodes.cover[node] ?? 0;
  const pathTo = (child: number): Path => {
    const share = cover > 0 ? (nodes.cover[child] ?? 0) / cover : 0.5;
    return { features: longer, ratios: longer.map((_, j) => (ratios[j] ?? 1) * (j === slot ? share : 1)) };
  };
  const child = nodes.left[node] ?? 0;
  return { slot, left: pathTo(child), right: pathTo(child + 1) };
}
