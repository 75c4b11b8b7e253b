/** Mean and population standard deviation (ddof 0). */
export type Moments = { readonly count: number; readonly mean: number; readonly deviation: number };

/** Moments in two passes, so that a large mean does not drown a small spread. Null for an empty sample. O(n). */
export function moments(sample: ArrayLike<number>): Moments | null {
  const count = sample.length;
  if (count === 0) return null;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sample[i] as number;
  const mean = sum / count;
  let squares = 0;
  let isConstant = true;
  for (let i = 0; i < count; i++) {
    squares += ((sample[i] as number) - mean) ** 2;
    if (sample[i] !== sample[0]) isConstant = false;
  }
  if (isConstant) return { count, mean: sample[0] as number, deviation: 0 };
  return { count, mean, deviation: Math.sqrt(squares / count) };
}
