import {
  createLoader,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { caseOrigins, dispositions, queueOrders, queuePiles } from "#server/domain/case-words.ts";

/** What of the queue is shown, as the URL says it. */
export const queueParams = {
  queue: parseAsString,
  pile: parseAsStringLiteral(queuePiles).withDefault("open"),
  order: parseAsStringLiteral(queueOrders).withDefault("expected_loss"),
  /** mine, free (nobody's), or a person's id */
  holder: parseAsString,
  origin: parseAsStringLiteral(caseOrigins),
  explored: parseAsStringLiteral(["random", "active"]),
  disposition: parseAsStringLiteral(dispositions),
  tag: parseAsString,
  overdue: parseAsBoolean.withDefault(false),
  escalated: parseAsBoolean.withDefault(false),
  /** minor units of the currency */
  min: parseAsInteger,
  currency: parseAsString,
  score: parseAsFloat,
  q: parseAsString.withDefault(""),
};

export const loadQueueParams = createLoader(queueParams);
export type QueueParams = Awaited<ReturnType<typeof loadQueueParams>>;

/** The same as the API wants it, so that server and browser ask for one and the same query. */
export function filterOf(params: QueueParams) {
  return {
    pile: params.pile,
    queueId: params.queue,
    holder: params.holder,
    origin: params.origin,
    explored: params.explored,
    disposition: params.pile === "closed" ? params.disposition : null,
    tag: params.tag,
    overdue: params.overdue || null,
    escalated: params.escalated || null,
    currency: params.currency,
    minAmountMinor: params.min,
    minScore: params.score,
    search: params.q === "" ? null : params.q,
  };
}

const PAGE_ROWS = 100;

/** A page of the queue is asked for by the filter and the order. */
export function listInput(params: QueueParams) {
  return { ...filterOf(params), order: params.order, limit: PAGE_ROWS };
}

/** Whether anything but the queue, the pile and the order narrows the list. */
export function isFiltered(params: QueueParams): boolean {
  const { holder, origin, explored, disposition, tag, currency, min, score } = params;
  return (
    params.q !== "" ||
    params.overdue ||
    params.escalated ||
    [holder, origin, explored, disposition, tag, currency, min, score].some((value) => value !== null)
  );
}

/** Nothing narrows the list any more; queue, pile and order stay. */
export const noFilters = {
  holder: null,
  origin: null,
  explored: null,
  disposition: null,
  tag: null,
  overdue: null,
  escalated: null,
  currency: null,
  min: null,
  score: null,
  q: null,
} as const;
