import { z } from "zod";
import { labelFilters } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { Channel, transactionOrigins } from "#server/domain/transaction.ts";

/** Where a page of the list begins: after this payment. */
export const TransactionCursor = z.object({ occurredAt: z.iso.datetime(), id: z.string().max(128) });
export type TransactionCursor = z.infer<typeof TransactionCursor>;

/** What to list; a field left out does not restrict. Days are UTC days, both ends included. */
export const TransactionFilter = z.strictObject({
  /** the whole id of a payment, customer, merchant, card token or device */
  search: z.string().trim().max(128).nullish(),
  outcome: Outcome.nullish(),
  label: z.enum(labelFilters).nullish(),
  minAmountMinor: z.int().min(0).nullish(),
  maxAmountMinor: z.int().min(0).nullish(),
  currency: z.string().length(3).nullish(),
  channel: Channel.nullish(),
  origin: z.enum(transactionOrigins).nullish(),
  fromDay: z.iso.date().nullish(),
  toDay: z.iso.date().nullish(),
});
export type TransactionFilter = z.infer<typeof TransactionFilter>;

export const ListTransactionsInput = TransactionFilter.extend({
  after: TransactionCursor.nullish(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListTransactionsInput = z.input<typeof ListTransactionsInput>;
