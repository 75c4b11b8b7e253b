import { z } from "zod";
import { Label } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { Reason } from "#server/domain/transaction.ts";
import type { Blindness } from "./blind-to.ts";

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
  /** null unless the score and the reason are kept from who asks */
  readonly hidden: Blindness | null;
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

/** The row as it is shown to someone who is `hidden` from what would sway a verdict on it. */
export function transactionRow(row: StoredRow, hidden: Blindness | null): TransactionRow {
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
    score: hidden === null ? row.score : null,
    topReason: reason.success && hidden === null ? reason.data.text : null,
    label: hidden === "second_review" ? null : z.nullable(Label).parse(row.label),
    hidden,
  };
}
