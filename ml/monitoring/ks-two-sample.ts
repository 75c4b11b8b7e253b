import { kolmogorovTail } from "#ml/math/kolmogorov-tail.ts";

export type KsTest = {
  readonly statistic: number;
  /** The statistic as a reduced fraction of whole numbers. */
  readonly fraction: { readonly top: number; readonly bottom: number };
  readonly pLimit: number;
  readonly pExact: number | null;
};

const EXACT_UP_TO = 4_000_000;

/**
 * Two-sample Kolmogorov-Smirnov test, two-sided: D is the largest distance of the two right-continuous empirical
 * distributions. `pLimit` is Kolmogorov's limit at D sqrt(n1 n2 / (n1 + n2)), without small-sample correction.
 * `pExact` counts lattice paths as if there were no ties (conservative when there are); null beyond n1 n2 of 4
 * million, where it costs too much. Null when a sample is empty. O(n log n + n1 n2).
 * @throws RangeError when a value is NaN.
 */
export function ksTwoSample(first: ArrayLike<number>, second: ArrayLike<number>): KsTest | null {
  const sorted1 = Float64Array.from(first).sort();
  const sorted2 = Float64Array.from(second).sort();
  if (Number.isNaN(sorted1.at(-1)) || Number.isNaN(sorted2.at(-1)))
    throw new RangeError("KS requires numbers");
  const n1 = sorted1.length;
  const n2 = sorted2.length;
  if (n1 === 0 || n2 === 0) return null;
  const distance = largestDistance(sorted1, sorted2);
  const divisor = greatestCommonDivisor(distance, n1 * n2);
  const statistic = distance / (n1 * n2);
  return {
    statistic,
    fraction: { top: distance / divisor, bottom: (n1 * n2) / divisor },
    pLimit: kolmogorovTail(statistic * Math.sqrt((n1 * n2) / (n1 + n2))),
    pExact: n1 * n2 > EXACT_UP_TO ? null : pathsReaching(distance, n1, n2),
  };
}

/** D in whole numbers: the largest |i n2 - j n1| over pooled values, i and j being the ranks reached. */
function largestDistance(sorted1: Float64Array, sorted2: Float64Array): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < sorted1.length && j < sorted2.length) {
    const value = Math.min(sorted1[i] as number, sorted2[j] as number);
    while (i < sorted1.length && (sorted1[i] as number) <= value) i++;
    while (j < sorted2.length && (sorted2[j] as number) <= value) j++;
    largest = Math.max(largest, Math.abs(i * sorted2.length - j * sorted1.length));
  }
  return largest;
}

/**
 * Probability that a random merge of the samples somewhere reaches the distance. The mass that arrives at a boundary
 * point is added up and stops there, so that a tiny p is never the difference of two large numbers.
 */
function pathsReaching(distance: number, n1: number, n2: number): number {
  if (distance === 0) return 1;
  const mass = new Float64Array(n2 + 1);
  let reached = 0;
  for (let i = 0; i <= n1; i++) {
    for (let j = 0; j <= n2; j++) {
      const fromLeft = i === 0 ? 0 : ((mass[j] as number) * (n1 - i + 1)) / (n1 - i + 1 + n2 - j);
      const fromBelow = j === 0 ? 0 : ((mass[j - 1] as number) * (n2 - j + 1)) / (n1 - i + n2 - j + 1);
      const here = i === 0 && j === 0 ? 1 : fromLeft + fromBelow;
      const isBoundary = Math.abs(i * n2 - j * n1) >= distance;
      if (isBoundary) reached += here;
      mass[j] = isBoundary ? 0 : here;
    }
  }
  return Math.min(1, reached);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
