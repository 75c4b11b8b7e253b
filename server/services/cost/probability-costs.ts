import { rowClass } from "#server/services/analysis/classify-rows.ts";
import { APPROVE, DECLINE, REVIEW } from "#server/services/policy/assign-outcomes.ts";
import { costOfRow, type LedgerInput } from "#server/services/policy/outcome-ledger.ts";

/** Where the costs of now stand on the axis of a cost curve, by what acting means. */
export type ProbabilityCost = { readonly review: number; readonly decline: number };

/**
 * The probability cost p·C(miss) / (p·C(miss) + (1 - p)·C(false alert)) of acting on these known rows: C(miss) is what
 * acting on a fraud saves on average, C(false alert) what acting on a legitimate payment costs. An action that saves
 * nothing stands at 0. Null when a class is absent.
 */
export function probabilityCosts(input: LedgerInput, rows: Uint32Array): ProbabilityCost | null {
  const sums = { review: sumsOf(input, rows, REVIEW), decline: sumsOf(input, rows, DECLINE) };
  if (sums.review.frauds === 0 || sums.review.frauds === rows.length) return null;
  const place = ({ missed, falseAlert }: Sums): number => {
    const gain = Math.max(0, missed);
    return gain + falseAlert === 0 ? 0 : gain / (gain + falseAlert);
  };
  return { review: place(sums.review), decline: place(sums.decline) };
}

type Sums = { readonly frauds: number; readonly missed: number; readonly falseAlert: number };

/** What acting saves on frauds and costs on the others. */
function sumsOf(input: LedgerInput, rows: Uint32Array, act: number): Sums {
  const { amountMinor, channel } = input.rows.columns;
  let [frauds, missed, falseAlert] = [0, 0, 0];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const isFraud = input.classes[row] === rowClass.fraud;
    const cost = input.costAt(input.currency, channel[row] as number);
    const amount = amountMinor[row] as number;
    const adds = costOfRow(act, isFraud, amount, cost) - costOfRow(APPROVE, isFraud, amount, cost);
    if (isFraud) {
      frauds++;
      missed -= adds;
    } else falseAlert += adds;
  }
  return { frauds, missed, falseAlert };
}
