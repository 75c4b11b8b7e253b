import { decodeBytes, encodeBytes } from "../base64.ts";
import type { Forest, Nodes } from "./nodes.ts";

/** A forest as JSON: typed arrays as base64, named after the fields of `Nodes`. */
export type ForestJson = {
  readonly family: "gradient_boosting";
  readonly version: 1;
  readonly width: number;
  readonly base: number;
  readonly trees: number;
  readonly nodes: number;
  readonly roots: string;
  readonly feature: string;
  readonly value: string;
  readonly left: string;
  readonly missingRight: string;
  readonly cover: string;
  /** Absent from artefacts that were written before it was kept. */
  readonly gain?: string;
};

export function forestToJson({ width, base, roots, nodes, gain }: Forest): ForestJson {
  return {
    family: "gradient_boosting",
    version: 1,
    width,
    base,
    trees: roots.length,
    nodes: nodes.feature.length,
    roots: encodeBytes(roots),
    feature: encodeBytes(nodes.feature),
    value: encodeBytes(nodes.value),
    left: encodeBytes(nodes.left),
    missingRight: encodeBytes(nodes.missingRight),
    cover: encodeBytes(nodes.cover),
    ...(gain === null ? {} : { gain: encodeBytes(gain) }),
  };
}

/**
 * Inverse of `forestToJson`. What it returns can be walked without a check: every walk ends in a leaf with a number.
 * @throws RangeError when family, version, a length or a node is not as written by `forestToJson`.
 */
export function forestFromJson(json: unknown): Forest {
  const { family, version, ...rest } = (json ?? {}) as Partial<ForestJson>;
  if (family !== "gradient_boosting" || version !== 1) {
    throw new RangeError(`not gradient-boosted trees of version 1: ${family} ${version}`);
  }
  const { width, base, trees, nodes: count } = rest;
  if (!isCount(width) || !isCount(trees) || !isCount(count) || !Number.isFinite(base)) {
    throw new RangeError("gradient-boosted trees: width, base, trees and nodes must be numbers");
  }
  const bytesOf = (name: "roots" | "gain" | keyof Nodes, bytes: number): ArrayBuffer => {
    const buffer = decodeBytes(String(rest[name] ?? ""));
    if (buffer.byteLength !== bytes)
      throw new RangeError(`gradient-boosted trees: ${name} has another length`);
    return buffer;
  };
  const nodes = {
    feature: new Int16Array(bytesOf("feature", 2 * count)),
    value: new Float64Array(bytesOf("value", 8 * count)),
    left: new Uint32Array(bytesOf("left", 4 * count)),
    missingRight: new Uint8Array(bytesOf("missingRight", count)),
    cover: new Uint32Array(bytesOf("cover", 4 * count)),
  };
  const roots = new Uint32Array(bytesOf("roots", 4 * trees));
  const gain = rest.gain === undefined ? null : new Float64Array(bytesOf("gain", 8 * width));
  const forest = { width, base: base as number, roots, nodes, gain };
  checkForest(forest);
  return forest;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/**
 * Each tree must be a tree: children behind their parent, inside the tree, and each the child of one node.
 * @throws RangeError that names the first damaged node.
 */
export function checkForest({ width, roots, nodes, gain }: Forest): void {
  if (gain?.some((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY))) {
    throw new RangeError("gradient-boosted trees: a gain is no number");
  }
  const count = nodes.feature.length;
  if ((roots[0] ?? count) !== (roots.length === 0 ? count : 0)) throw broken(0);
  for (const [t, root] of roots.entries()) {
    const end = roots[t + 1] ?? count;
    if (root >= end) throw broken(root);
    const parents = new Uint8Array(end - root);
    for (let node = root; node < end; node++) {
      const feature = nodes.feature[node] as number;
      const value = nodes.value[node] as number;
      const left = nodes.left[node] as number;
      if (feature >= width || feature < -1) throw broken(node);
      if ((nodes.missingRight[node] as number) > Number(feature >= 0)) throw broken(node);
      if (feature < 0 ? !Number.isFinite(value) : Number.isNaN(value)) throw broken(node);
      if (feature < 0) continue;
      if (left <= node || left + 1 >= end) throw broken(node);
      for (const child of [left - root, left + 1 - root]) parents[child] = (parents[child] as number) + 1;
    }
    const orphan = parents.findIndex((parentCount, node) => parentCount !== Number(node > 0));
    if (orphan >= 0) throw broken(root + orphan);
  }
}

function broken(node: number): RangeError {
  return new RangeError(`gradient-boosted trees: node ${node} is damaged`);
}
