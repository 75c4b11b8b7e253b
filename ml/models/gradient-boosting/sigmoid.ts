/** Further margins differ from these by less than a double can add to 1. */
const LARGEST = 40;
const PER_UNIT = 64;
/** Adding and taking away 1.5 * 2^52 rounds to a whole number. */
const ROUNDER = 6_755_399_441_055_744;
const CENTRE = LARGEST * PER_UNIT;
const values = Float64Array.from(
  { length: 2 * CENTRE + 1 },
  (_, k) => 1 / (1 + Math.exp((CENTRE - k) / PER_UNIT)),
);

/**
 * p = 1 / (1 + e^-z) within 2e-10 of its value, with z held to [-40, 40], several times as fast as by Math.exp: the
 * nearest of 5,121 values and three terms of the Taylor series around it, whose derivatives are p q, p q (1 - 2 p) and
 * p q (1 - 6 p q) with q = 1 - p. NaN stays NaN.
 */
export function sigmoid(z: number): number {
  const steps = (z > LARGEST ? LARGEST : z < -LARGEST ? -LARGEST : z) * PER_UNIT;
  const whole = steps + ROUNDER - ROUNDER;
  const rest = (steps - whole) * (1 / PER_UNIT);
  const p = values[(whole | 0) + CENTRE] as number;
  const slope = p * (1 - p);
  return p + slope * rest * (1 + rest * (0.5 - p + rest * (1 / 6 - slope)));
}
