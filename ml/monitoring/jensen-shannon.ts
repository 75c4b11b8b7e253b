export type JensenShannon = {
  readonly divergenceBits: number;
  readonly distanceBase2: number;
  readonly distanceNats: number;
};

/**
 * Jensen-Shannon divergence of two count vectors over the same categories, in bits, and its root as a distance in
 * [0, 1] (base 2) and with natural logarithms (scipy's default). No smoothing: 0 log 0 is 0. Null when a side is
 * empty. O(categories).
 * @throws RangeError when the numbers of categories differ.
 * @example jensenShannon([1, 0], [0, 1])?.distanceBase2 // 1
 */
export function jensenShannon(first: readonly number[], second: readonly number[]): JensenShannon | null {
  if (first.length !== second.length) throw new RangeError("both sides need the same categories");
  const total1 = first.reduce((sum, count) => sum + count, 0);
  const total2 = second.reduce((sum, count) => sum + count, 0);
  if (total1 === 0 || total2 === 0) return null;
  const sum = first.reduce((bits, count, i) => {
    const p = count / total1;
    const q = (second[i] ?? 0) / total2;
    const middle = (p + q) / 2;
    return bits + term(p, middle) + term(q, middle);
  }, 0);
  const divergenceBits = Math.min(1, Math.max(0, sum / 2));
  return {
    divergenceBits,
    distanceBase2: Math.sqrt(divergenceBits),
    distanceNats: Math.sqrt(divergenceBits * Math.LN2),
  };
}

function term(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log2(share / middle);
}
