import type { Nodes } from "./nodes.ts";
import { cutsOf, type TrainingMemory } from "./training-memory.ts";

/**
 * Adds a tree to the margins of the rows that it was not grown on: those of the order from `sampled` on. It walks by the
 * rows' codes, which lie side by side column by column, where the features would be one cache line each: the leaves are
 * those of `leafOf`, several times sooner.
 */
export function addUnsampled(memory: TrainingMemory, tree: Nodes, sampled: number): void {
  const { order, codes, margins, rows } = memory;
  const { feature, value, left, missingRight } = tree;
  const splits = splitCodes(memory, tree);
  for (let i = sampled; i < rows; i++) {
    const row = order[i] as number;
    let node = 0;
    for (let column = feature[0] as number; column >= 0; column = feature[node] as number) {
      const code = codes[column * rows + row] as number;
      const isMissing = code === splits.missing[node];
      const goesRight = isMissing ? (missingRight[node] as number) : +(code > (splits.last[node] as number));
      node = (left[node] as number) + goesRight;
    }
    margins[row] = (margins[row] as number) + (value[node] as number);
  }
}

type SplitCodes = {
  /** the last code that goes left */
  readonly last: Uint16Array;
  readonly missing: Uint16Array;
};

/** Each split's cut as a code of its column. */
function splitCodes(memory: TrainingMemory, { feature, value }: Nodes): SplitCodes {
  const last = new Uint16Array(feature.length);
  const missing = new Uint16Array(feature.length);
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0) continue;
    const cuts = cutsOf(memory, column);
    const at = cuts.indexOf(value[node] as number);
    last[node] = at === -1 ? cuts.length : at;
    missing[node] = cuts.length + 1;
  }
  return { last, missing };
}
