import { ascendingOrder } from "#ml/math/order.ts";

/** Bonferroni: min(1, p n). Controls the chance of any false alarm, at the price of power. */
export function bonferroni(p: readonly number[]): number[] {
  checkProbabilities(p);
  return p.map((value) => Math.min(1, value * p.length));
}

/** Holm's step-down adjustment (1979): running maximum of min(1, (n - rank + 1) p), in input order. O(n log n). */
export function holm(p: readonly number[]): number[] {
  checkProbabilities(p);
  const adjusted = new Array<number>(p.length).fill(1);
  let largest = 0;
  ascendingOrder(p).forEach((position, i) => {
    largest = Math.max(largest, Math.min(1, (p.length - i) * (p[position] ?? 1)));
    adjusted[position] = largest;
  });
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up adjustment (1995): running minimum, from the largest, of min(1, p n / rank), in
 * input order. Those at or under q form a set of alarms of which at most q are expected to be false. O(n log n).
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  checkProbabilities(p);
  const adjusted = new Array<number>(p.length).fill(1);
  let least = 1;
  ascendingOrder(p).reduceRight((rank, position) => {
    least = Math.min(least, ((p[position] ?? 1) * p.length) / rank);
    adjusted[position] = least;
    return rank - 1;
  }, p.length);
  return adjusted;
}

function checkProbabilities(p: readonly number[]): void {
  const wrong = p.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`${wrong} is not a p-value`);
}
