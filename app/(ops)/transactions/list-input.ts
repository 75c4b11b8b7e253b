import { z } from "zod";
import { isCurrency, minorDigitsOf } from "#server/domain/money.ts";
import type { TransactionParams } from "./search-params.ts";
import type { ListTransactionsInput } from "./types.ts";

/** What to ask of the API for what the URL says; nonsense in the URL restricts nothing. */
export function listInput(params: Omit<TransactionParams, "open">): ListTransactionsInput {
  const currency = params.currency?.toUpperCase() ?? null;
  return {
    search: params.q,
    outcome: params.outcome,
    label: params.label,
    minAmountMinor: toMinor(params.min, currency),
    maxAmountMinor: toMinor(params.max, currency),
    currency: currency !== null && isCurrency(currency) ? currency : null,
    channel: params.channel,
    origin: params.origin,
    fromDay: isoDay(params.from),
    toDay: isoDay(params.to),
    after: parseCursor(params.after),
  };
}

/** A search and filters that restrict nothing. */
export const noFilters = {
  q: null,
  outcome: null,
  label: null,
  min: null,
  max: null,
  currency: null,
  channel: null,
  origin: null,
  from: null,
  to: null,
} satisfies Partial<TransactionParams>;

/** How many of the filters restrict the list. */
export function filterCount(params: TransactionParams): number {
  const { after: _after, open: _open, q: _q, ...filters } = params;
  return Object.values(filters).filter((value) => value !== null).length;
}

type Cursor = { occurredAt: string; id: string };

export function formatCursor({ occurredAt, id }: Cursor): string {
  return `${occurredAt}~${id}`;
}

function parseCursor(text: string | null): Cursor | null {
  const [occurredAt = "", ...rest] = (text ?? "").split("~");
  const id = rest.join("~");
  return id !== "" && z.iso.datetime().safeParse(occurredAt).success ? { occurredAt, id } : null;
}

function isoDay(text: string | null): string | null {
  return z.iso.date().safeParse(text).data ?? null;
}

/** Amounts are typed in major units; without a currency, hundredths are meant. */
function toMinor(major: number | null, currency: string | null): number | null {
  if (major === null || !(major >= 0)) return null;
  const minor = Math.round(major * 10 ** minorDigitsOf(currency ?? "EUR"));
  return Number.isSafeInteger(minor) ? minor : null;
}
