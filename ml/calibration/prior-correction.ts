/**
 * Probability under the true prior of a model trained after keeping only the share `beta` of the legitimate rows
 * (Dal Pozzolo et al. 2015): beta p / (beta p - p + 1).
 * @throws RangeError when p lies outside [0, 1] or beta outside (0, 1].
 */
export function correctUndersampling(p: number, beta: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
  if (!(beta > 0 && beta <= 1)) throw new RangeError(`${beta} is not a share of rows kept`);
  return Math.min(1, (beta * p) / (beta * p - p + 1));
}

/**
 * Probability after the base rate moved (Elkan 2001, theorem 2): the odds are multiplied by the ratio of the two
 * prior odds.
 * @throws RangeError when p lies outside [0, 1] or a rate outside (0, 1).
 */
export function correctBaseRate(p: number, fromRate: number, toRate: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
  for (const rate of [fromRate, toRate]) {
    if (!(rate > 0 && rate < 1)) throw new RangeError(`${rate} is not a base rate`);
  }
  const top = toRate * (p - p * fromRate);
  return Math.min(1, top / (fromRate - p * fromRate + toRate * p - fromRate * toRate));
}

/** The same correction for a margin: keeping the share `beta` of negatives raised the log-odds by -ln beta. */
export function undersamplingMarginShift(beta: number): number {
  if (!(beta > 0 && beta <= 1)) throw new RangeError(`${beta} is not a share of rows kept`);
  return Math.log(beta);
}
