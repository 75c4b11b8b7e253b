import { poissonBootstrap, type Replicates, replicateInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import { fraudLossMinor } from "#server/domain/cost.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { largest } from "./known-counts.ts";
import { type Ledger, type LedgerInput, outcomeLedger } from "./outcome-ledger.ts";
import { APPROVE_ALL_AT, costAt, type Estimate, MEASURES } from "./simulated-view.ts";

/** Candidate minus active: negative is cheaper. Paired: both on the same customers in each replicate. */
export type Difference = Estimate & {
  /** true when these payments cannot tell the two apart, or they cost within 2 % of each other */
  readonly flat: boolean;
  /** rows of the currency to which the two do different things */
  readonly rowsChanged: number;
};

type Compared = {
  readonly candidate: Ledger;
  readonly active: Ledger;
  readonly approveAllMinor: number;
  readonly replicates: Replicates | null;
  readonly difference: Difference;
};

const REPLICATES = 200;
const FLAT_SHARE = 0.02;

/** The ledgers of two policies' outcomes, and how sure their difference is. `seed` null: no intervals. */
export function comparePolicies(
  input: LedgerInput,
  [candidate, active]: readonly [Uint8Array, Uint8Array],
  seed: number | null,
): Compared {
  const customers = seed === null ? 0 : largest(input.rows.columns.customer) + 1;
  const sums = new Float64Array(customers * MEASURES);
  const into = (offset: number) => (seed === null ? null : { sums, measures: MEASURES, offset });
  const ours = outcomeLedger(input, candidate, into(0));
  const theirs = outcomeLedger(input, active, into(3));
  const approveAllMinor = approveAll(input, seed === null ? null : sums);
  const replicates =
    seed === null
      ? null
      : poissonBootstrap({ sums: withoutEmpty(sums), measures: MEASURES }, { seed, replicates: REPLICATES });
  const minor = totalOf(ours) - totalOf(theirs);
  const interval =
    replicates === null ? null : replicateInterval(replicates, (t) => costAt(t, 0) - costAt(t, 3));
  const cannotTell = interval !== null && interval.lower <= 0 && interval.upper >= 0;
  const flat = cannotTell || Math.abs(minor) <= FLAT_SHARE * totalOf(theirs);
  const rowsChanged = changedRows(input, candidate, active);
  return {
    candidate: ours,
    active: theirs,
    approveAllMinor,
    replicates,
    difference: { minor, interval, flat, rowsChanged },
  };
}

/** What every known fraud would have cost had nothing been done; each customer's part goes to its place. */
function approveAll(
  { rows, classes, currency, costAt: figures }: LedgerInput,
  sums: Float64Array | null,
): number {
  const { columns } = rows;
  let total = 0;
  for (let i = 0; i < rows.rows; i++) {
    if (classes[i] !== rowClass.fraud || columns.currency[i] !== currency) continue;
    const loss = fraudLossMinor(
      columns.amountMinor[i] as number,
      figures(currency, columns.channel[i] as number),
    );
    total += loss;
    if (sums === null) continue;
    const at = (columns.customer[i] as number) * MEASURES + APPROVE_ALL_AT;
    sums[at] = (sums[at] as number) + loss;
  }
  return total;
}

function changedRows({ rows, currency }: LedgerInput, candidate: Uint8Array, active: Uint8Array): number {
  let changed = 0;
  for (let i = 0; i < rows.rows; i++) {
    if (candidate[i] !== active[i] && rows.columns.currency[i] === currency) changed++;
  }
  return changed;
}

function totalOf({ lostMinor, frictionMinor, reviewMinor }: Ledger): number {
  return lostMinor + frictionMinor + reviewMinor;
}

/** Customers who cost nothing under any policy change no replicate. */
function withoutEmpty(sums: Float64Array): Float64Array {
  const kept = new Float64Array(sums.length);
  let to = 0;
  for (let from = 0; from < sums.length; from += MEASURES) {
    let any = false;
    for (let m = 0; m < MEASURES; m++) any ||= sums[from + m] !== 0;
    if (!any) continue;
    for (let m = 0; m < MEASURES; m++) kept[to + m] = sums[from + m] as number;
    to += MEASURES;
  }
  return kept.subarray(0, to);
}
