import { createLoader, parseAsFloat, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { labelFilters } from "#server/domain/label.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { channels, transactionOrigins } from "#server/domain/transaction.ts";

/** What the URL of the page holds. Amounts are in major units, as people type them. */
export const transactionParams = {
  q: parseAsString,
  outcome: parseAsStringLiteral(outcomes),
  label: parseAsStringLiteral(labelFilters),
  min: parseAsFloat,
  max: parseAsFloat,
  currency: parseAsString,
  channel: parseAsStringLiteral(channels),
  origin: parseAsStringLiteral(transactionOrigins),
  from: parseAsString,
  to: parseAsString,
  /** where this page of the list begins: "2026-11-20T10:15:30.000Z~pay_1" */
  after: parseAsString,
  /** the payment whose details are open */
  open: parseAsString,
};

export const loadTransactionParams = createLoader(transactionParams);
export type TransactionParams = Awaited<ReturnType<typeof loadTransactionParams>>;
