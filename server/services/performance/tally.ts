/** Rows and their money in minor units. Tallies merge by addition. */
export type Tally = { readonly rows: number; readonly amountMinor: number };

export const nothing: Tally = { rows: 0, amountMinor: 0 };

export function sumTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({ rows: sum.rows + tally.rows, amountMinor: sum.amountMinor + tally.amountMinor }),
    nothing,
  );
}

export function minusTally(from: Tally, part: Tally): Tally {
  return { rows: from.rows - part.rows, amountMinor: from.amountMinor - part.amountMinor };
}
