export type LbfgsOptions = {
  readonly maxIterations: number;
  /** Stop once the largest gradient component falls below this. */
  readonly tolerance: number;
  /** Called after each iteration: the place to yield, report and abort (by throwing). */
  readonly onIteration?: (iteration: number, value: number) => Promise<void>;
};

export type LbfgsResult = { readonly x: Float64Array; readonly value: number; readonly iterations: number };

/** Returns the value at `x` and writes the gradient. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;

/**
 * Limited-memory BFGS with a backtracking Armijo line search (Nocedal and Wright 2006, algorithms 7.4 and 7.5).
 * For smooth convex objectives; pairs without positive curvature are skipped. Deterministic. `start` is not changed.
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions,
): Promise<LbfgsResult> {
  const size = start.length;
  let x = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  const pairs: Pair[] = [];
  let iteration = 0;
  while (iteration < options.maxIterations && largest(gradient) > options.tolerance) {
    const direction = descentDirection(gradient, pairs);
    const next = lineSearch(objective, { x, gradient, value }, direction, pairs.length === 0);
    if (!next) break;
    const s = next.x.map((v, i) => v - (x[i] as number));
    const y = next.gradient.map((v, i) => v - (gradient[i] as number));
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    ({ x, gradient, value } = next);
    iteration++;
    await options.onIteration?.(iteration, value);
  }
  return { x, value, iterations: iteration };
}

type Pair = { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number };
type Point = {
  readonly x: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
};

/** Two-loop recursion: minus the inverse Hessian estimate times the gradient. */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((v) => -v);
  const alphas: number[] = [];
  for (const { s, y, rho } of pairs.toReversed()) {
    const alpha = rho * dot(s, q);
    addScaled(q, y, -alpha);
    alphas.push(alpha);
  }
  const newest = pairs.at(-1);
  if (newest) scale(q, 1 / (newest.rho * dot(newest.y, newest.y)));
  for (const { s, y, rho } of pairs) addScaled(q, s, (alphas.pop() ?? 0) - rho * dot(y, q));
  return q;
}

/** Halves the step until the value falls by a ten-thousandth of what the slope promises; null when it cannot. */
function lineSearch(objective: Objective, at: Point, direction: Float64Array, first: boolean): Point | null {
  const slope = dot(at.gradient, direction);
  if (!(slope < 0)) return null;
  const gradient = new Float64Array(at.x.length);
  let step = first ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
  for (let attempt = 0; attempt < 40; attempt++, step /= 2) {
    const x = at.x.map((v, i) => v + step * (direction[i] as number));
    const value = objective(x, gradient);
    if (value <= at.value + 1e-4 * step * slope) return { x, gradient, value };
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) * factor;
}

function largest(a: Float64Array): number {
  let max = 0;
  for (const v of a) max = Math.max(max, Math.abs(v));
  return max;
}
