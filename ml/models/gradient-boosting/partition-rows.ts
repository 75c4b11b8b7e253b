import type { NodeRows } from "./histogram.ts";

/** How the rows of a node are parted: by their code of one feature. */
export type Parting = {
  /** Rows in the tree's order, of which those of the node are parted. */
  readonly order: Uint32Array;
  readonly rows: NodeRows;
  /** Codes of the feature, a byte per row of all. */
  readonly codes: Uint8Array;
  /** Of each code 1 where it goes left, else 0. */
  readonly goesLeft: Uint8Array;
};

/**
 * Reorders the node's rows so that those going left come first, both sides in their old order. Returns how many go left.
 * Both places are written for each row and one of them kept, which costs less than a branch that is guessed wrong.
 */
export function partitionRows({ order, rows, codes, goesLeft }: Parting, spare: Uint32Array): number {
  const { from, to } = rows;
  let left = 0;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    order[from + left] = row;
    spare[i - from - left] = row;
    left += goesLeft[codes[row] as number] as number;
  }
  order.set(spare.subarray(0, to - from - left), from + left);
  return left;
}

/** Adds one value to the margins of a node's rows. */
export function addToMargins(
  margins: Float64Array,
  order: Uint32Array,
  { from, to }: NodeRows,
  value: number,
): void {
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    margins[row] = (margins[row] as number) + value;
  }
}

/**
 * Adds `values[1]` to the margins of rows that go left and `values[0]` to the others': the last split on a way down needs
 * no order of rows. Returns how many go left.
 */
export function addParted(
  { order, rows, codes, goesLeft }: Parting,
  margins: Float64Array,
  values: Float64Array,
): number {
  let left = 0;
  for (let i = rows.from; i < rows.to; i++) {
    const row = order[i] as number;
    const side = goesLeft[codes[row] as number] as number;
    left += side;
    margins[row] = (margins[row] as number) + (values[side] as number);
  }
  return left;
}
