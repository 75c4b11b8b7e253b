import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { caseOrigins, dispositions, queueOrders, queuePiles } from "#server/domain/case.ts";

/** What of the queue is shown, as the URL says it. */
export const queueParams = {
  pile: parseAsStringLiteral(queuePiles).withDefault("open"),
  order: parseAsStringLiteral(queueOrders).withDefault("expected_loss"),
  holder: parseAsStringLiteral(["mine", "free"] as const),
  origin: parseAsStringLiteral(caseOrigins),
  disposition: parseAsStringLiteral(dispositions),
  min: parseAsInteger,
  q: parseAsString.withDefault(""),
};

export const loadQueueParams = createLoader(queueParams);
export type QueueParams = Awaited<ReturnType<typeof loadQueueParams>>;

/** The same as the API wants it, so that server and browser ask for one and the same query. */
export function filterOf(params: QueueParams) {
  return {
    pile: params.pile,
    holder: params.holder,
    origin: params.origin,
    disposition: params.pile === "closed" ? params.disposition : null,
    minAmountMinor: params.min,
    search: params.q === "" ? null : params.q,
  };
}

const PAGE_ROWS = 50;

/** A page of the queue is asked for by the filter and the order. */
export function listInput(params: QueueParams) {
  return { ...filterOf(params), order: params.order, limit: PAGE_ROWS };
}
