import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import type { Interval } from "./wilson-interval.ts";

/** How well a model did that learned from so many labels. */
export type LearningPoint = { readonly labels: number; readonly averagePrecision: number };

/** averagePrecision ≈ limit − scale · labels^(−exponent) */
export type PowerLaw = { readonly limit: number; readonly scale: number; readonly exponent: number };

/** What so many further labels would add to the average precision, with a 95 % interval. */
export type Gain = { readonly labels: number; readonly gain: number; readonly interval: Interval };

export type CurvePlace = {
  readonly labels: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
};

export type LearningCurveFit = {
  readonly law: PowerLaw;
  /** the next thousand labels, and as many again as there are */
  readonly nextThousand: Gain;
  readonly doubling: Gain;
  /** the law from the fewest labels to twice the most: evenly in their logarithm, and at every number measured */
  readonly curve: readonly CurvePlace[];
};

const EXPONENTS = Array.from({ length: 60 }, (_, i) => 0.05 * (2 / 0.05) ** (i / 59));
const PARAMETERS = 3;
const LEAST_SIZES = 4;
const PLACES = 24;
const NEXT = 1_000;

/**
 * Fits an inverse power law to a learning curve (Hestness et al. 2017) by least squares: the exponent by grid from 0.05
 * to 2, limit in [0, 1] and scale ≥ 0 in closed form. Intervals are the 2.5 % and 97.5 % quantiles over `replicates`
 * bootstraps of the residuals, widened for the three parameters. Null with fewer than four different numbers of
 * labels. O(replicates · 60 · points).
 * @throws RangeError when a number of labels is not positive or an average precision is not in [0, 1].
 */
export function fitLearningCurve(
  points: readonly LearningPoint[],
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): LearningCurveFit | null {
  for (const { labels, averagePrecision } of points) {
    if (!(labels > 0)) throw new RangeError(`${labels} labels are not a number of labels`);
    if (!(averagePrecision >= 0 && averagePrecision <= 1))
      throw new RangeError(`an average precision of ${averagePrecision} is impossible`);
  }
  if (new Set(points.map((point) => point.labels)).size < LEAST_SIZES) return null;
  const law = powerLawOf(points);
  const resampled = bootstrapped(points, law, { rng: createRng(`learning-curve:${seed}`), replicates });
  const laws = resampled.map(powerLawOf);
  const most = Math.max(...points.map((point) => point.labels));
  const least = Math.min(...points.map((point) => point.labels));
  const gainOf = (labels: number): Gain => {
    const gain = (of: PowerLaw): number => valueAt(of, most + labels) - valueAt(of, most);
    return { labels, gain: gain(law), interval: intervalOf(laws.map(gain)) };
  };
  const even = Array.from({ length: PLACES }, (_, i) =>
    Math.round(least * ((2 * most) / least) ** (i / (PLACES - 1))),
  );
  const places = new Set([...even, ...points.map((point) => point.labels)]);
  const curve = [...places]
    .sort((a, b) => a - b)
    .map((labels): CurvePlace => {
      const ends = intervalOf(laws.map((of) => valueAt(of, labels)));
      return { labels, value: valueAt(law, labels), ...ends };
    });
  return { law, nextThousand: gainOf(NEXT), doubling: gainOf(most), curve };
}

function valueAt({ limit, scale, exponent }: PowerLaw, labels: number): number {
  return limit - scale * labels ** -exponent;
}

function powerLawOf(points: readonly LearningPoint[]): PowerLaw {
  let best: PowerLaw = { limit: 0, scale: 0, exponent: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (const exponent of EXPONENTS) {
    const law = lineOf(points, exponent);
    const error = points.reduce((sum, p) => sum + (p.averagePrecision - valueAt(law, p.labels)) ** 2, 0);
    if (error < least) [best, least] = [law, error];
  }
  return best;
}

/** Limit and scale for one exponent: a straight line over labels^(−exponent), kept from rising. */
function lineOf(points: readonly LearningPoint[], exponent: number): PowerLaw {
  const xs = points.map((point) => point.labels ** -exponent);
  const ys = points.map((point) => point.averagePrecision);
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const slope = xs.reduce((sum, x, i) => sum + (x - meanX) * ((ys[i] ?? 0) - meanY), 0) / spread;
  const scale = Math.max(0, -slope);
  const limit = meanY + scale * meanX;
  if (limit <= 1) return { limit, scale, exponent };
  // Nothing is better than perfect: the line through 1 that comes closest.
  const through =
    xs.reduce((sum, x, i) => sum + x * (1 - (ys[i] ?? 0)), 0) / xs.reduce((sum, x) => sum + x * x, 0);
  return { limit: 1, scale: Math.max(0, through), exponent };
}

function bootstrapped(
  points: readonly LearningPoint[],
  law: PowerLaw,
  { rng, replicates }: { readonly rng: Rng; readonly replicates: number },
): LearningPoint[][] {
  const widen = Math.sqrt(points.length / Math.max(1, points.length - PARAMETERS));
  const residuals = points.map((p) => (p.averagePrecision - valueAt(law, p.labels)) * widen);
  return Array.from({ length: replicates }, () =>
    points.map(({ labels }) => ({
      labels,
      averagePrecision: valueAt(law, labels) + (residuals[rng.integer(residuals.length)] ?? 0),
    })),
  );
}

function intervalOf(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  return { lower: quantileOfSorted(sorted, 0.025), upper: quantileOfSorted(sorted, 0.975) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
