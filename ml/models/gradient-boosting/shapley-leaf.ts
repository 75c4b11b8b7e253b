/**
 * Shapley values of one leaf. Its path asks u features; a row that meets the conditions on feature j counts 1 for it,
 * else 0, and where j is unknown the share r_j of the training rows that went the leaf's way counts. A coalition S is
 * then worth v times the product over S of 1 or 0 and over the others of r_j, so that
 *
 *   phi_i = v (o_i - r_i) prod_{j not met, j != i} r_j  sum_k k! (u - 1 - k)! / u! e_k
 *
 * where e_k is the coefficient of y^k in prod_{j met, j != i} (r_j + y) (Lundberg et al. 2018; Yang 2021).
 *
 * Writes u values into `out` from `at`; bit j of `met` tells whether the row meets the conditions on feature j. O(u^3).
 */
export function shapleyLeaf(
  leaf: { readonly value: number; readonly ratios: ArrayLike<number> },
  met: number,
  out: Float64Array,
  at: number,
): void {
  const { value, ratios } = leaf;
  const coefficients = new Float64Array(ratios.length + 1);
  for (let i = 0; i < ratios.length; i++) {
    coefficients.fill(0);
    coefficients[0] = 1;
    let degree = 0;
    let absent = 1;
    for (let j = 0; j < ratios.length; j++) {
      if (j === i) continue;
      const ratio = ratios[j] as number;
      if (((met >>> j) & 1) === 0) {
        absent *= ratio;
        continue;
      }
      degree++;
      for (let k = degree; k > 0; k--) {
        coefficients[k] = (coefficients[k] as number) * ratio + (coefficients[k - 1] as number);
      }
      coefficients[0] = (coefficients[0] as number) * ratio;
    }
    const own = ((met >>> i) & 1) - (ratios[i] as number);
    out[at + i] = value * own * absent * coalitionMean(coefficients, degree, ratios.length);
  }
}

/** Sum over k of e_k k! (u - 1 - k)! / u!, the weights by their recurrence. */
function coalitionMean(coefficients: Float64Array, degree: number, features: number): number {
  let weight = 1 / features;
  let sum = 0;
  for (let k = 0; k <= degree; k++) {
    sum += weight * (coefficients[k] as number);
    weight *= (k + 1) / Math.max(1, features - 1 - k);
  }
  return sum;
}
