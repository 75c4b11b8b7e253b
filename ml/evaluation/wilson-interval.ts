import { normalQuantile } from "#ml/math/normal.ts";

/** An interval with its ends. */
export type Interval = { readonly lower: number; readonly upper: number };

/**
 * Wilson score interval (1927) for a share, without continuity correction; exactly 0 at the lower end without
 * successes, and exactly 1 at the upper end without failures. Null when nothing was counted.
 * @throws RangeError when successes exceed n, a count is negative or the confidence is not inside (0, 1).
 * @example wilsonInterval(3, 20, 0.95) // { lower: 0.0524, upper: 0.3604 }
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Interval | null {
  if (!(successes >= 0 && successes <= n))
    throw new RangeError(`${successes} successes of ${n} are impossible`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError("confidence must lie between 0 and 1");
  if (n === 0) return null;
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale;
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - reach),
    upper: successes === n ? 1 : Math.min(1, centre + reach),
  };
}
