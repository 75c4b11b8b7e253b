import { queueOrders } from "#server/domain/case-words.ts";
import type { ListCasesInput, QueueFilter } from "#server/services/case/index.ts";
import { type Caller, callerFor, type Desk } from "./desk.ts";
import { Latency } from "./latency.ts";
import { analystIds } from "./setup/fill-review.ts";

type Page = Partial<ListCasesInput>;

const FIRST = analystIds[0] ?? "";

/** Every filter that the queue has, alone, and some together, with values that the filled cases have. */
export const measuredFilters: Readonly<Record<string, readonly Partial<QueueFilter>[]>> = {
  pile: [{ pile: "snoozed" }, { pile: "held" }, { pile: "closed" }],
  queueId: [{ queueId: "queue_shops" }, { queueId: "queue_testing" }, { queueId: "none" }],
  explored: [{ explored: "random" }, { explored: "active" }, { pile: "closed", explored: "random" }],
  origin: [{ origin: "exploration" }, { origin: "model_unavailable" }],
  holder: [{ holder: "mine" }, { holder: "free" }, { holder: FIRST }],
  owner: [{ owner: "none" }, { owner: FIRST }],
  tag: [{ tag: "vip" }, { tag: "unknown" }],
  escalated: [{ escalated: true }],
  overdue: [{ overdue: true }, { queueId: "queue_shops", overdue: true }],
  dueWithinMinutes: [{ dueWithinMinutes: 240 }],
  disposition: [{ pile: "closed", disposition: "not_sure" }],
  currency: [{ currency: "EUR" }, { currency: "JPY" }],
  minAmountMinor: [
    { currency: "EUR", minAmountMinor: 50_000 },
    { currency: "EUR", minAmountMinor: 1_000_000 },
  ],
  minScore: [{ minScore: 0.9 }, { minScore: 0.5 }],
  search: [{ search: "cus_77" }, { search: "mer_12" }, { search: "pay_999999" }, { search: "#1234" }],
};

const PAGE = 50;
const WALK_PAGES = 100;
const ROUNDS = 20;

/**
 * Every order of the queue walked to its end in pages of a hundred, every filter in every order page by page, counts,
 * the list of queues, and what is next. One call at a time.
 */
export async function measureQueue(desk: Desk, filterPages: number): Promise<Latency[]> {
  const lead = callerFor(desk, "lead", "lead_1");
  const analyst = callerFor(desk, "analyst", FIRST);
  const measured: Latency[] = [];
  for (const order of queueOrders) {
    const latency = new Latency(`Queue by ${order}, walked to its end`);
    await walk(latency, lead, { order, limit: WALK_PAGES });
    measured.push(latency);
  }
  for (const filters of Object.values(measuredFilters)) {
    for (const filter of filters) {
      // What was opened to learn from is found by leads only.
      measured.push(await measureFilter(filter.explored ? lead : analyst, filter, filterPages));
    }
  }
  measured.push(await measureCounts(analyst), await measureQueueList(lead), await measurePeek(desk));
  return measured;
}

async function walk(latency: Latency, caller: Caller, page: Page, pages = Number.POSITIVE_INFINITY) {
  let cursor: string | null = null;
  for (let done = 0; done < pages; done++) {
    const input: Page = { ...page, cursor };
    const answer: { nextCursor: string | null } = await latency.measure(() => caller.case.list(input));
    cursor = answer.nextCursor;
    if (cursor === null) return;
  }
}

async function measureFilter(caller: Caller, filter: Partial<QueueFilter>, pages: number): Promise<Latency> {
  const words = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  const latency = new Latency(`Queue with ${words.join(", ")}, in every order`);
  for (const order of queueOrders) await walk(latency, caller, { ...filter, order, limit: PAGE }, pages);
  return latency;
}

async function measureCounts(caller: Caller): Promise<Latency> {
  const latency = new Latency("Counts, with every filter");
  const filters: Partial<QueueFilter>[] = [{}, ...Object.values(measuredFilters).flat()];
  for (const filter of filters) {
    for (let round = 0; round < 3; round++) await latency.measure(() => caller.case.counts(filter));
  }
  return latency;
}

async function measureQueueList(caller: Caller): Promise<Latency> {
  const latency = new Latency("Queues with their counts");
  for (let round = 0; round < ROUNDS; round++) await latency.measure(() => caller.queue.list());
  return latency;
}

async function measurePeek(desk: Desk): Promise<Latency> {
  const latency = new Latency("Next case, looked up ahead");
  const queues = await desk.db.queue.findMany({ select: { id: true } });
  for (const id of analystIds) {
    const caller = callerFor(desk, "analyst", id);
    await latency.measure(() => caller.case.peekNext());
    for (const { id: queueId } of queues) await latency.measure(() => caller.case.peekNext({ queueId }));
  }
  return latency;
}
