import type { Database } from "#server/db/client.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ResolvedWindow } from "#server/services/performance/resolve-window.ts";
import type { FraudRow } from "./optimum-interval.ts";

/** The window's known frauds of a currency with their customers. */
export async function loadFrauds(
  db: Database,
  window: ResolvedWindow,
  currency: string,
): Promise<FraudRow[]> {
  const rows = await readRows(db, window);
  const classes = classifyRows(rows, window);
  const names = await readCodes(db, "currency");
  const { score, amountMinor, customer, currency: currencyOf } = rows.columns;
  const frauds: FraudRow[] = [];
  for (let i = 0; i < rows.rows; i++) {
    if (classes[i] !== rowClass.fraud || names.get(currencyOf[i] as number) !== currency) continue;
    frauds.push({
      score: score[i] as number,
      amountMinor: amountMinor[i] as number,
      customer: customer[i] as number,
    });
  }
  return frauds;
}
