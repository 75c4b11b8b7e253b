/**
 * Gradient and Hessian of a row in one double, so that a histogram takes one addition per row and feature instead of
 * two: both are rounded to whole steps and packed as G * 2^26 + H. Whole numbers below 2^53 add without rounding, so
 * sums do not depend on their order, a histogram less its child's is exactly the other child's, and empty bins are
 * exactly 0 (Shi et al. 2022 train on 2 to 5 bits; here a step is 2^-25 of the sum over all rows or more exact).
 */
const HESSIAN_ROOM = 2 ** 26;
/** The sums of |G| and of H over all rows. Rounding adds at most a step per row: room for 2^25 rows. */
const MOST_STEPS = 2 ** 25;

/** Steps per unit, powers of two. */
export type GradientScale = { readonly gradient: number; readonly hessian: number };

/** Sums over rows, in their own units. */
export type Sums = { readonly gradient: number; readonly hessian: number };

/** What `scaleFor` needs: the sum of the gradients' sizes, and of the Hessians. */
export type GradientSize = { readonly gradient: number; readonly hessian: number };

/** The scale at which the given sums take half of the room, so that the next round may be a little larger. */
export function scaleFor(size: GradientSize): GradientScale {
  return { gradient: stepsFor(size.gradient), hessian: stepsFor(size.hessian) };
}

function stepsFor(sum: number): number {
  if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return 1;
  return 2 ** Math.max(-900, Math.min(900, Math.floor(Math.log2(MOST_STEPS / 2 / sum))));
}

/** Whether the sums have room at this scale. */
export function hasRoom(size: GradientSize, scale: GradientScale): boolean {
  return size.gradient * scale.gradient <= MOST_STEPS && size.hessian * scale.hessian <= MOST_STEPS;
}

/**
 * Packs one row. `dither` in [0, 1) is added before rounding down: over many rows nothing is lost, even where each is
 * far below a step. The Hessian must not be negative.
 */
export function pack(gradient: number, hessian: number, dither: number): number {
  return Math.floor(gradient + dither) * HESSIAN_ROOM + Math.floor(hessian + dither);
}

/** Steps of gradient in a packed value or a sum of such. */
export function gradientSteps(packed: number): number {
  return Math.floor(packed / HESSIAN_ROOM);
}

/** Steps of Hessian. */
export function hessianSteps(packed: number, gradient: number): number {
  return packed - gradient * HESSIAN_ROOM;
}

/** A packed sum in its own units. */
export function unpack(packed: number, scale: GradientScale): Sums {
  const gradient = gradientSteps(packed);
  return { gradient: gradient / scale.gradient, hessian: hessianSteps(packed, gradient) / scale.hessian };
}

/** A dither for each row that covers [0, 1) evenly over any run of rows (Weyl's sequence of the golden ratio). */
export function ditherOf(row: number, round: number): number {
  return ((Math.imul(row, 0x9e3779b9) + Math.imul(round, 0x85ebca6b)) >>> 0) / 4_294_967_296;
}
