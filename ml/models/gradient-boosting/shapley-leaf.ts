type Leaf = { readonly value: number; readonly ratios: ArrayLike<number> };

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
export function shapleyLeaf(leaf: Leaf, met: number, out: Float64Array, at: number): void {
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

/**
 * The same for every pattern of conditions met, u values a pattern; bit for bit what `shapleyLeaf` gives. Patterns share
 * the products over the features that they agree on: each feature doubles the patterns known. O(2^u u^2).
 */
export function shapleyLeafPatterns({ value, ratios }: Leaf): Float64Array {
  const count = ratios.length;
  const out = new Float64Array(count * 2 ** count);
  const others = 2 ** Math.max(0, count - 1);
  const weights = coalitionWeights(count);
  const work = { products: new Float64Array(others * count), absent: new Float64Array(others) };
  for (let i = 0; i < count; i++) {
    multiplyOthers(ratios, i, work);
    const ratio = ratios[i] as number;
    const low = 2 ** i - 1;
    for (let p = 0; p < others; p++) {
      let mean = 0;
      for (let k = 0; k < count; k++) {
        mean += (weights[k] as number) * (work.products[p * count + k] as number);
      }
      const absent = work.absent[p] as number;
      const unmet = (p & low) | ((p & ~low) << 1);
      out[unmet * count + i] = value * (0 - ratio) * absent * mean;
      out[(unmet + low + 1) * count + i] = value * (1 - ratio) * absent * mean;
    }
  }
  return out;
}

/** For every pattern of the features but `i`: the coefficients over those met, and the product over the others. */
function multiplyOthers(
  ratios: ArrayLike<number>,
  i: number,
  { products, absent }: { products: Float64Array; absent: Float64Array },
): void {
  const count = ratios.length;
  products.fill(0);
  products[0] = 1;
  absent[0] = 1;
  for (let j = 0, known = 1; j < count; j++) {
    if (j === i) continue;
    const ratio = ratios[j] as number;
    for (let p = 0; p < known; p++) {
      const [from, to] = [p * count, (p + known) * count];
      products[to] = (products[from] as number) * ratio;
      for (let k = 1; k < count; k++) {
        products[to + k] = (products[from + k] as number) * ratio + (products[from + k - 1] as number);
      }
      absent[p + known] = absent[p] as number;
      absent[p] = (absent[p] as number) * ratio;
    }
    known *= 2;
  }
}

/** k! (u - 1 - k)! / u! for every k, by its recurrence. */
function coalitionWeights(features: number): Float64Array {
  const weights = new Float64Array(features);
  let weight = 1 / features;
  for (let k = 0; k < features; k++) {
    weights[k] = weight;
    weight *= (k + 1) / Math.max(1, features - 1 - k);
  }
  return weights;
}
