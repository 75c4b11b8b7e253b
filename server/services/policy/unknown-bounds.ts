import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { costOfRow, type LedgerInput } from "./outcome-ledger.ts";

/** Between what a sum lies, whatever the truth of the unknown rows is. */
export type Bounds = { readonly lowerMinor: number; readonly upperMinor: number };

export type Unknown = {
  /** declined when they came, and never labelled */
  readonly rows: number;
  readonly amountMinor: number;
  /** of them, those to which both policies do the same */
  readonly sameOutcome: number;
  /** what they would add to the cost of the policy, of the active one, and to the difference */
  readonly candidate: Bounds;
  readonly active: Bounds;
  readonly difference: Bounds;
};

/**
 * What is known of payments that were declined and have no label: nobody saw how they would have ended, so they count
 * neither as right nor as wrong. Each may be a fraud or not; the bounds take the worst and the best for every one.
 */
export function unknownBounds(
  { rows, classes, currency, costAt }: LedgerInput,
  candidate: Uint8Array,
  active: Uint8Array,
): Unknown {
  const { columns } = rows;
  const sums = { rows: 0, amountMinor: 0, sameOutcome: 0 };
  const bounds = { candidate: nothing(), active: nothing(), difference: nothing() };
  for (let i = 0; i < rows.rows; i++) {
    if (classes[i] !== rowClass.declined || columns.currency[i] !== currency) continue;
    const [amount, ours, theirs] = [
      columns.amountMinor[i] as number,
      candidate[i] as number,
      active[i] as number,
    ];
    sums.rows++;
    sums.amountMinor += amount;
    if (ours === theirs) sums.sameOutcome++;
    const cost = costAt(currency, columns.channel[i] as number);
    const of = (outcome: number): [number, number] => [
      costOfRow(outcome, true, amount, cost),
      costOfRow(outcome, false, amount, cost),
    ];
    const [mine, other] = [of(ours), of(theirs)];
    widen(bounds.candidate, mine);
    widen(bounds.active, other);
    widen(bounds.difference, [mine[0] - other[0], mine[1] - other[1]]);
  }
  return { ...sums, ...bounds };
}

function nothing(): { lowerMinor: number; upperMinor: number } {
  return { lowerMinor: 0, upperMinor: 0 };
}

function widen(bounds: { lowerMinor: number; upperMinor: number }, ends: readonly [number, number]): void {
  bounds.lowerMinor += Math.min(...ends);
  bounds.upperMinor += Math.max(...ends);
}
