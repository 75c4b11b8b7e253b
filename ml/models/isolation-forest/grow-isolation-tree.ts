import type { Rng } from "#ml/math/seeded-random.ts";
import { emptyNodes, firstNodes, type Nodes } from "../gradient-boosting/nodes.ts";
import { averagePathLength } from "./path-length.ts";

export type Sample = {
  readonly features: Float64Array; // row-major, `width` columns
  readonly width: number;
  readonly rows: Uint32Array; // the rows of `features` that this tree isolates
  readonly columns: readonly number[]; // those that may be asked
};

type Cut = { readonly column: number; readonly value: number };
type Part = { readonly node: number; readonly rows: readonly number[]; readonly depth: number };

/**
 * Grows one isolation tree: at each node a random feature that still varies, cut at a uniform random value between its
 * least and its largest, until a row is alone or the tree is ceil(log2(rows)) deep. A leaf's value is the path length
 * of its rows: its depth, and c(rows) for what was left uncut. A missing value says nothing, so it goes with the
 * majority, as the node's median would. O(rows x depth).
 */
export function growIsolationTree(sample: Sample, rng: Rng): Nodes {
  const deepest = Math.ceil(Math.log2(Math.max(2, sample.rows.length)));
  const nodes = emptyNodes(2 * sample.rows.length);
  const waiting: Part[] = [{ node: 0, rows: [...sample.rows], depth: 0 }];
  let count = 1;
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { node, rows, depth } = part;
    nodes.cover[node] = rows.length;
    const cut = rows.length > 1 && depth < deepest ? drawCut(sample, rows, rng) : null;
    if (cut === null) {
      nodes.value[node] = depth + averagePathLength(rows.length);
      continue;
    }
    const { left, right, missingRight } = partition(sample, rows, cut);
    nodes.feature[node] = cut.column;
    nodes.value[node] = cut.value;
    nodes.left[node] = count;
    nodes.missingRight[node] = missingRight;
    waiting.push({ node: count + 1, rows: right, depth: depth + 1 });
    waiting.push({ node: count, rows: left, depth: depth + 1 });
    count += 2;
  }
  return firstNodes(nodes, count);
}

/** Features are tried in random order; null when none varies among the rows. */
function drawCut({ features, width, columns }: Sample, rows: readonly number[], rng: Rng): Cut | null {
  const untried = [...columns];
  while (untried.length > 0) {
    const pick = rng.integer(untried.length);
    const column = untried[pick] as number;
    untried[pick] = untried.at(-1) as number;
    untried.pop();
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) {
      const x = features[row * width + column] as number;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    if (!(low < high)) continue;
    // Both sides must keep a row: rounding may put the cut on the largest value. Halves keep a wide range finite.
    const share = rng.next();
    const value = low * (1 - share) + high * share;
    return { column, value: value >= low && value < high ? value : low };
  }
  return null;
}

function partition(
  { features, width }: Sample,
  rows: readonly number[],
  { column, value }: Cut,
): { left: number[]; right: number[]; missingRight: number } {
  const left: number[] = [];
  const right: number[] = [];
  const missing: number[] = [];
  for (const row of rows) {
    const x = features[row * width + column] as number;
    (Number.isNaN(x) ? missing : x <= value ? left : right).push(row);
  }
  const missingRight = Number(right.length > left.length);
  (missingRight === 1 ? right : left).push(...missing);
  return { left, right, missingRight };
}
