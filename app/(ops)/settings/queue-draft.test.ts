import { expect, test } from "vitest";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { previewWords } from "./preview-words.ts";
import { draftOfQueue, queueOf, routingOf } from "./queue-draft.ts";
import { routingWords, slaWords } from "./queue-words.ts";
import type { Queue } from "./types.ts";

const queue: Queue = {
  id: "q1",
  name: "High amounts",
  description: "Everything dear",
  position: 1,
  routing: { origins: ["policy", "rule"], currencies: ["EUR", "USD"], minAmountMinor: 50_000, maxScore: 0.9 },
  slaMinutes: 240,
  assignment: "round_robin",
  members: [{ id: "u1", name: "Ann", away: false }],
  archivedAt: null,
  version: 3,
  work: { open: 4, unassigned: 4, overdue: 1, dueSoon: 0 },
};

test("a queue reads back as it was, without what only the database knows", () => {
  expect(queueOf(draftOfQueue(queue)).fields).toEqual({
    name: queue.name,
    description: queue.description,
    routing: queue.routing,
    slaMinutes: 240,
    assignment: "round_robin",
    memberIds: ["u1"],
  });
});

test("a new queue has no conditions, and needs a name", () => {
  const draft = draftOfQueue(null);
  expect(queueOf(draft).errors).toEqual({ name: "Give the queue a name" });
  expect(queueOf({ ...draft, name: " Mine " }).fields).toMatchObject({
    name: "Mine",
    routing: {},
    slaMinutes: null,
  });
});

test("lists are typed with commas; doubles and blanks go", () => {
  const draft = { ...draftOfQueue(queue), lists: { ...draftOfQueue(null).lists, countries: "DE, FR,, DE" } };
  expect(queueOf(draft).fields?.routing).toMatchObject({ countries: ["DE", "FR"] });
});

test("which cases it takes is read before the queue has a name, and not while a part cannot be read", () => {
  const draft = { ...draftOfQueue(queue), name: "" };
  expect(routingOf(draft)).toEqual(queue.routing);
  expect(routingOf({ ...draft, ranges: { ...draft.ranges, maxScore: "9" } })).toBeNull();
  expect(routingOf({ ...draft, lists: { ...draft.lists, currencies: "euro" } })).toBeNull();
});

test("what it would take is told with what it leaves to others", () => {
  const all = { lookedAt: 87, isAll: true, taken: 42, takenEarlier: 0 };
  expect(previewWords(all)).toBe("Would take 42 of the 87 open cases now.");
  expect(previewWords({ ...all, taken: 1, takenEarlier: 12 })).toBe(
    "Would take 1 of the 87 open cases now; 12 more fit, but earlier queues take them.",
  );
  expect(previewWords({ ...all, lookedAt: 5000, isAll: false, taken: 0, takenEarlier: 1 })).toBe(
    "Would take none of the newest 5,000 open cases now; 1 more fits, but an earlier queue takes it.",
  );
  expect(previewWords({ ...all, lookedAt: 0, taken: 0 })).toBe("No case is open now.");
});

test("amounts are read by the decimals of the currency that they are in", () => {
  const draft = draftOfQueue({ ...queue, routing: {} });
  const read = (amountCurrency: string, from: string) =>
    queueOf({ ...draft, amountCurrency, ranges: { ...draft.ranges, minAmountMinor: from } });
  expect(read("jpy", "5000").fields?.routing).toEqual({ amountCurrency: "JPY", minAmountMinor: 5_000 });
  expect(read("KWD", "99.505").fields?.routing).toEqual({ amountCurrency: "KWD", minAmountMinor: 99_505 });
  expect(read("", "99.5").fields?.routing).toEqual({ minAmountMinor: 9_950 });
  expect(read("JPY", "1.5").errors).toEqual({ minAmountMinor: "Not an amount of JPY" });
  expect(read("ZZZ", "1").errors).toEqual({ amountCurrency: "A currency such as EUR, or nothing" });
  expect(read("EUR", "").fields?.routing).toEqual({});
  const kwd = { ...queue, routing: { amountCurrency: "KWD", maxAmountMinor: 99_505 } };
  expect(queueOf(draftOfQueue(kwd)).fields?.routing).toEqual(kwd.routing);
  expect(routingWords("q1", kwd.routing)).toBe("amount up to 99.505 KWD");
});

test("what cannot be read is told by its field", () => {
  const draft = draftOfQueue(queue);
  const { errors } = queueOf({
    ...draft,
    slaMinutes: "soon",
    lists: { ...draft.lists, currencies: "euro" },
    ranges: { ...draft.ranges, minAmountMinor: "much", maxScore: "9" },
  });
  expect(Object.keys(errors ?? {}).sort()).toEqual([
    "currencies",
    "maxScore",
    "minAmountMinor",
    "slaMinutes",
  ]);
});

test("conditions and promises are told in words", () => {
  expect(routingWords("q1", queue.routing)).toBe(
    "sent by the policy or sent by a rule · currency EUR or USD · amount from 500 of any currency · score up to 0.9",
  );
  expect(routingWords("q1", {})).toBe("Every case");
  expect(routingWords(GENERAL_QUEUE_ID, {})).toBe("Whatever no other queue takes");
  expect([slaWords(null), slaWords(240), slaWords(30)]).toEqual(["none", "4 h", "30 min"]);
});
