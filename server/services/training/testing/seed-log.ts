import type { Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { simulate } from "#ml/simulation/simulate.ts";
import { DAY_MS } from "#server/domain/day.ts";
import {
  type HistoricalLabel,
  writeHistoricalLabels,
  writePayments,
} from "#server/services/import/write-history.ts";

export type SeededLog = { readonly payments: readonly PaymentEvent[]; readonly endMs: number };

const LOG_START_MS: number = Date.UTC(2026, 0, 1);

/** A small simulated history with plenty of fraud: payments in order, and the labels recorded within it. */
export async function seedLog(
  pool: Pool,
  { days = 80, customers = 80, fraudShare = 0.08 } = {},
): Promise<SeededLog> {
  const endMs = LOG_START_MS + days * DAY_MS;
  const payments: PaymentEvent[] = [];
  const labels: HistoricalLabel[] = [];
  const world = { seed: 7, startMs: LOG_START_MS, days, customers, merchants: 60, fraudShare };
  for (const { payment, label } of simulate(world)) {
    payments.push(payment);
    if (label === null || label.recordedAtMs >= endMs) continue;
    labels.push({ transactionId: payment.id, occurredAtMs: payment.occurredAtMs, ...label });
  }
  await writePayments(pool, payments, "simulation");
  labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  await writeHistoricalLabels(pool, labels);
  return { payments, endMs };
}
