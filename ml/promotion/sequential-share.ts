/** A share counted by groups of customers drawn at random, so that what one customer does often is no evidence of many. */
export type GroupCount = { readonly hits: number; readonly total: number };

export type SequentialShare = {
  readonly hits: number;
  readonly total: number;
  /** null when nothing was counted */
  readonly share: number | null;
  /** of the share's estimate, from the spread between groups, and never under that of independent payments */
  readonly variance: number;
};

/** Payments at which intervals are narrowest for what is known by then. */
const NARROWEST_AT = 2_000;

/** The share of all groups together, with the variance of a ratio between random groups (Wolter 2007, chapter 2). */
export function sequentialShare(groups: readonly GroupCount[]): SequentialShare {
  const used = groups.filter(({ total }) => total > 0);
  const total = used.reduce((sum, group) => sum + group.total, 0);
  const hits = used.reduce((sum, group) => sum + group.hits, 0);
  if (total === 0) return { hits, total, share: null, variance: 0 };
  const share = hits / total;
  const smoothed = (hits + 1) / (total + 2); // no hit so far does not make the next one impossible
  const independent = (smoothed * (1 - smoothed)) / total;
  if (used.length < 2) return { hits, total, share, variance: independent };
  const squares = used.reduce((sum, group) => sum + (group.hits - share * group.total) ** 2, 0);
  const between = (used.length / (used.length - 1)) * (squares / total ** 2);
  return { hits, total, share, variance: Math.max(between, independent) };
}

/**
 * Standard errors that an interval reaches to either side, so that it holds at every look at once and not at one alone:
 * the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021), with `payments` so far.
 * @throws RangeError when alpha is not inside (0, 1)
 */
export function sequentialReach(payments: number, alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError("alpha must lie between 0 and 1");
  if (payments <= 0) return Number.POSITIVE_INFINITY;
  const log = -2 * Math.log(alpha);
  const rho2 = (log + Math.log(log + 1)) / NARROWEST_AT;
  const scaled = payments * rho2;
  return Math.sqrt((2 * (scaled + 1) * Math.log(Math.sqrt(scaled + 1) / alpha)) / scaled);
}

export type Interval = { readonly lower: number; readonly upper: number };

/** The interval of a share that holds at every look. Null when nothing was counted. */
export function sequentialInterval(
  { share, variance, total }: SequentialShare,
  alpha: number,
): Interval | null {
  if (share === null) return null;
  const reach = sequentialReach(total, alpha) * Math.sqrt(variance);
  return { lower: Math.max(0, share - reach), upper: Math.min(1, share + reach) };
}

/** The interval of `of` minus `factor` times `against`, of two groups of customers apart. */
export function sequentialDifference(
  of: SequentialShare,
  against: SequentialShare,
  { factor = 1, alpha }: { readonly factor?: number; readonly alpha: number },
): Interval | null {
  if (of.share === null || against.share === null) return null;
  const difference = of.share - factor * against.share;
  const spread = Math.sqrt(of.variance + factor ** 2 * against.variance);
  const reach = sequentialReach(Math.min(of.total, against.total), alpha) * spread;
  return { lower: difference - reach, upper: difference + reach };
}
