import type { CustomerRows } from "#ml/evaluation/curve-replicates.ts";
import { MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { REVIEW } from "#server/services/policy/assign-outcomes.ts";
import type { LedgerInput } from "#server/services/policy/outcome-ledger.ts";

/** The known rows that every model is compared on, and what each said of them. */
export type ModelRows = Pick<CustomerRows, "labels" | "customers"> & {
  /** places in the window's rows */
  readonly rows: Uint32Array;
  readonly frauds: number;
  readonly served: Float64Array;
  /** 1 where a rule or a list asked for more than an approval */
  readonly rules: Float64Array;
  /** null without a challenger that scored enough frauds */
  readonly challenger: { readonly code: number; readonly scores: Float64Array } | null;
};

/** Rows of the currency that the challenger with most frauds scored too; all known ones without such. O(rows). */
export function modelRows(input: LedgerInput): ModelRows {
  const { score, challengerScore, customer, floor } = input.rows.columns;
  const code = challengerOf(input);
  const rows = knownRows(input, code);
  const size = rows.length;
  const [labels, customers] = [new Uint8Array(size), new Uint32Array(size)];
  const [served, shadow, rules] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let frauds = 0;
  for (let at = 0; at < size; at++) {
    const row = rows[at] as number;
    labels[at] = input.classes[row] === rowClass.fraud ? 1 : 0;
    frauds += labels[at] as number;
    customers[at] = customer[row] as number;
    served[at] = score[row] as number;
    shadow[at] = challengerScore[row] as number;
    rules[at] = (floor[row] as number) > REVIEW ? 1 : 0;
  }
  const challenger = code === null ? null : { code, scores: shadow };
  return { rows, labels, customers, frauds, served, rules, challenger };
}

function challengerOf({ rows, classes, currency }: LedgerInput): number | null {
  const { challenger, challengerScore, currency: currencyOf } = rows.columns;
  const frauds = new Map<number, number>();
  for (let row = 0; row < rows.rows; row++) {
    if (classes[row] !== rowClass.fraud || currencyOf[row] !== currency) continue;
    if (Number.isNaN(challengerScore[row])) continue;
    const code = challenger[row] as number;
    frauds.set(code, (frauds.get(code) ?? 0) + 1);
  }
  const [most] = [...frauds].sort(([a, n], [b, m]) => m - n || a - b);
  return most !== undefined && most[1] >= MIN_LABELLED_FRAUDS ? most[0] : null;
}

function knownRows({ rows, classes, currency }: LedgerInput, challenger: number | null): Uint32Array {
  const { columns } = rows;
  const kept = new Uint32Array(rows.rows);
  let held = 0;
  for (let row = 0; row < rows.rows; row++) {
    if (columns.currency[row] !== currency) continue;
    if (classes[row] !== rowClass.fraud && classes[row] !== rowClass.legitimate) continue;
    if (challenger !== null && columns.challenger[row] !== challenger) continue;
    if (challenger !== null && Number.isNaN(columns.challengerScore[row])) continue;
    kept[held++] = row;
  }
  return kept.subarray(0, held);
}
