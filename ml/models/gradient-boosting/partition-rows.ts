/** Which codes of a feature go left: up to `last`, and `missing` (-1: it goes right). */
export type LeftCodes = { readonly last: number; readonly missing: number };

/**
 * Reorders rows so that those going left come first, both sides in their old order. Returns how many go left. Both
 * places are written for each row and one of them kept, which costs less than a branch that is guessed wrong.
 */
export function partitionRows(
  rows: Uint32Array,
  codes: Uint8Array,
  { last, missing }: LeftCodes,
  spare: Uint32Array,
): number {
  let left = 0;
  let right = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const code = codes[row] as number;
    const goesLeft = code <= last || code === missing ? 1 : 0;
    rows[left] = row;
    spare[right] = row;
    left += goesLeft;
    right += 1 - goesLeft;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
