import type { Rng } from "#ml/math/seeded-random.ts";

/** At least one of the columns, drawn without replacement, in rising order. */
export function sampleColumns(columns: Uint16Array, share: number, rng: Rng): Uint16Array {
  let wanted = Math.max(1, Math.floor(share * columns.length));
  let left = columns.length;
  return columns.filter(() => {
    const isTaken = rng.next() * left < wanted;
    left--;
    if (isTaken) wanted--;
    return isTaken;
  });
}

/**
 * Writes the sampled rows first, the others behind them, both in rising order. Returns how many are sampled. `spare` is
 * scratch, as long as the order.
 */
export function sampleRows(order: Uint32Array, share: number, rng: Rng, spare: Uint32Array): number {
  if (share >= 1) {
    for (let row = 0; row < order.length; row++) order[row] = row;
    return order.length;
  }
  let [sampled, left] = [0, 0];
  for (let row = 0; row < order.length; row++) {
    if (rng.next() < share) order[sampled++] = row;
    else spare[left++] = row;
  }
  order.set(spare.subarray(0, left), sampled);
  return sampled;
}
