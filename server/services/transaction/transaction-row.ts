import { z } from "zod";
import { Label } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { Reason } from "#server/domain/transaction.ts";

/** A payment as it is listed. */
export type TransactionRow = {
  readonly id: string;
  readonly occurredAt: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly channel: string | null;
  readonly country: string | null;
  readonly origin: string;
  /** null when it was never decided, as imported history is */
  readonly outcome: Outcome | null;
  readonly score: number | null;
  /** the weightiest reason, as a sentence */
  readonly topReason: string | null;
  /** the label that counts; null while there is none */
  readonly label: Label | null;
};

export type StoredRow = {
  id: string;
  occurred_at: Date;
  amount_minor: number;
  currency: string;
  customer_id: string;
  merchant_id: string;
  channel: string | null;
  country: string | null;
  origin: string;
  outcome: string | null;
  score: number | null;
  top_reason: unknown;
  label: string | null;
};

export function transactionRow(row: StoredRow): TransactionRow {
  const reason = Reason.safeParse(row.top_reason);
  return {
    id: row.id,
    occurredAt: row.occurred_at.toISOString(),
    amountMinor: row.amount_minor,
    currency: row.currency,
    customerId: row.customer_id,
    merchantId: row.merchant_id,
    channel: row.channel,
    country: row.country,
    origin: row.origin,
    outcome: z.nullable(Outcome).parse(row.outcome),
    score: row.score,
    topReason: reason.success ? reason.data.text : null,
    label: z.nullable(Label).parse(row.label),
  };
}
