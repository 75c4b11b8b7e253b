import type { Nodes } from "./nodes.ts";

/**
 * Splits as comparisons without a branch: the row goes right where `spread[column] > cut`. A spread row holds each
 * feature three times: NaN as -Infinity, as +Infinity, and 1 for missing, 0 for known.
 */
export type SplitTests = { readonly column: Uint16Array; readonly cut: Float64Array };

/** The tests of some splits of a forest of that width. */
export function splitTests(nodes: Nodes, splits: readonly number[], width: number): SplitTests {
  const column = new Uint16Array(splits.length);
  const cut = new Float64Array(splits.length);
  for (const [i, node] of splits.entries()) {
    const value = nodes.value[node] ?? 0;
    const right = nodes.missingRight[node] === 1;
    // Nothing lies above an infinite cut but a missing value.
    const block = !right ? 0 : value === Number.POSITIVE_INFINITY ? 2 : 1;
    column[i] = (nodes.feature[node] ?? 0) + block * width;
    cut[i] = block === 2 ? 0.5 : value;
  }
  return { column, cut };
}

/** Fills a spread row, three times as wide as the row. */
export function spreadRow(row: Float64Array, spread: Float64Array): void {
  const width = spread.length / 3;
  for (let f = 0; f < width; f++) {
    const x = row[f] as number;
    const missing = Number.isNaN(x);
    spread[f] = missing ? Number.NEGATIVE_INFINITY : x;
    spread[f + width] = missing ? Number.POSITIVE_INFINITY : x;
    spread[f + 2 * width] = +missing;
  }
}
