const HALF_LIMB = 1 << 15;
const LIMB = 1 << 30;
const LARGEST_SQUARED = 2 ** 38;

/**
 * Writes 1, amount, and the square of the amount in two limbs of 2^30 (high, low), so that sums of squares stay
 * exact integers whatever the order of additions. Amounts above 2^38 minor units count as that in the square.
 */
export function writePaymentValues(amountMinor: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = amountMinor;
  writeSquare(Math.min(amountMinor, LARGEST_SQUARED), out, 2);
}

const square = new Float64Array(2);

/**
 * Sample standard deviation of a window's amounts from its count, sum and squares at `at`; NaN below three
 * payments, where it says nothing. n * sum of squares and the squared sum are subtracted limb by limb, so equal
 * large amounts do not cancel into noise.
 */
export function deviation(sums: Float64Array, at: number): number {
  const count = sums[at] as number;
  if (!(count >= 3)) return Number.NaN;
  writeSquare(sums[at + 1] as number, square, 0);
  const high = count * (sums[at + 2] as number) - (square[0] as number);
  const low = count * (sums[at + 3] as number) - (square[1] as number);
  return Math.sqrt(Math.max(0, high * LIMB + low) / (count * (count - 1)));
}

function writeSquare(value: number, out: Float64Array, at: number): void {
  const upper = Math.floor(value / HALF_LIMB);
  const lower = value - upper * HALF_LIMB;
  const cross = 2 * upper * lower;
  const carry = Math.floor(cross / HALF_LIMB);
  out[at] = upper * upper + carry;
  out[at + 1] = (cross - carry * HALF_LIMB) * HALF_LIMB + lower * lower;
}
