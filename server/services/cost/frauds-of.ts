import { rowClass } from "#server/services/analysis/classify-rows.ts";
import type { LedgerInput } from "#server/services/policy/outcome-ledger.ts";
import type { FraudRow } from "./optimum-interval.ts";

/** The known frauds of a currency with their customers. */
export function fraudsOf({ rows, classes, currency }: LedgerInput): FraudRow[] {
  const { score, amountMinor, customer, currency: currencyOf } = rows.columns;
  const frauds: FraudRow[] = [];
  for (let i = 0; i < rows.rows; i++) {
    if (classes[i] !== rowClass.fraud || currencyOf[i] !== currency) continue;
    frauds.push({
      score: score[i] as number,
      amountMinor: amountMinor[i] as number,
      customer: customer[i] as number,
    });
  }
  return frauds;
}
