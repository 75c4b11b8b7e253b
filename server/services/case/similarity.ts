/** What of a case is compared. */
export type Compared = {
  readonly amountMinor: number;
  readonly currency: string;
  /** null where they may not be looked at: the amount alone then decides */
  readonly reasons: readonly string[] | null;
};

/** A tenfold amount, or another currency, is as far as amounts get. */
const FARTHEST = Math.log(10);

/**
 * How alike two cases are, 0 to 1: two thirds by the share of top reasons that both have (Jaccard's index), one third
 * by how close their amounts are on a logarithmic scale.
 */
export function similarity(a: Compared, b: Compared): number {
  const amounts = amountLikeness(a, b);
  if (a.reasons === null || b.reasons === null) return amounts;
  const all = new Set([...a.reasons, ...b.reasons]).size;
  const shared = sharedReasons(a.reasons, b.reasons).length;
  return ((all === 0 ? 0 : shared / all) * 2 + amounts) / 3;
}

/** The reasons that both have, in the order of the first. */
export function sharedReasons(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set(a)].filter((code) => b.includes(code));
}

function amountLikeness(a: Compared, b: Compared): number {
  if (a.currency !== b.currency) return 0;
  const ratio = Math.abs(Math.log((a.amountMinor + 1) / (b.amountMinor + 1)));
  return 1 - Math.min(1, ratio / FARTHEST);
}
