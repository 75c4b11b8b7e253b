import fc from "fast-check";
import { expect, test } from "vitest";
import { type Joinable, type NewCase, planJoins } from "./plan-joins.ts";

const noon = Date.parse("2026-11-20T12:00:00.000Z");

function fresh(id: string, given: Partial<NewCase> & { minute?: number } = {}): NewCase {
  const { minute = 0, ...fields } = given;
  return {
    id,
    number: 1,
    openedAt: new Date(noon + minute * 60_000),
    customerId: `cus of ${id}`,
    cardToken: null,
    currency: "EUR",
    apart: false,
    version: 1,
    ...fields,
  };
}

/** Child to root, by id. */
function planned(cases: readonly NewCase[], standing: readonly Joinable[] = []): Record<string, string> {
  return Object.fromEntries([...planJoins(cases, standing)].map(([child, root]) => [child, root.id]));
}

test("the youngest of one customer join the oldest, in whatever order they come", () => {
  const a = fresh("a", { customerId: "cus_1", minute: 1 });
  const b = fresh("b", { customerId: "cus_1", minute: 2 });
  const c = fresh("c", { customerId: "cus_1", minute: 3 });
  expect(planned([c, a, b])).toEqual({ b: "a", c: "a" });
});

test("one card joins what several customers did with it; no card is no card", () => {
  const a = fresh("a", { cardToken: "card_1", minute: 1 });
  const b = fresh("b", { cardToken: "card_1", minute: 2 });
  expect(planned([a, b, fresh("c"), fresh("d")])).toEqual({ b: "a" });
});

test("a card is never taken for a customer of the same name", () => {
  expect(planned([fresh("a", { customerId: "x" }), fresh("b", { cardToken: "x", minute: 1 })])).toEqual({});
});

test("other currencies stay apart, since their losses don't add up", () => {
  const a = fresh("a", { customerId: "cus_1" });
  const b = fresh("b", { customerId: "cus_1", currency: "USD", minute: 1 });
  expect(planned([a, b])).toEqual({});
});

test("a case that stands apart neither joins nor is joined", () => {
  const a = fresh("a", { customerId: "cus_1", apart: true });
  const b = fresh("b", { customerId: "cus_1", minute: 1 });
  const c = fresh("c", { customerId: "cus_1", minute: 2, apart: true });
  expect(planned([a, b, c])).toEqual({});
});

test("what stands open already is joined, even by a payment that was decided before it", () => {
  const root = fresh("root", { customerId: "cus_1", minute: 5 });
  expect(planned([fresh("late", { customerId: "cus_1", minute: 1 })], [root])).toEqual({ late: "root" });
});

test("a case that somebody has touched is joined, and joins nothing", () => {
  const untouched = fresh("untouched", { customerId: "cus_1", minute: 1 });
  const touched = fresh("touched", { customerId: "cus_1", minute: 2, version: 2 });
  expect(planned([untouched, touched])).toEqual({ untouched: "touched" });
});

test("between the case of its customer and that of its card a new one joins the older", () => {
  const one = fresh("one", { customerId: "cus_1", minute: 2 });
  const other = fresh("other", { cardToken: "card_1", minute: 1 });
  const both = fresh("both", { customerId: "cus_1", cardToken: "card_1", minute: 3 });
  expect(planned([both], [one, other])).toEqual({ both: "other" });
});

const anyCase = fc.record({
  minute: fc.nat(5),
  customerId: fc.constantFrom("cus_1", "cus_2", "cus_3"),
  cardToken: fc.option(fc.constantFrom("card_1", "card_2")),
  currency: fc.constantFrom("EUR", "USD"),
  apart: fc.boolean(),
});

test("no chain, no cycle, and one root per customer and card, whatever comes", () => {
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 12 }), fc.nat(12), (given, cut) => {
      const cases = given.map((fields, place) => fresh(`case ${place}`, fields));
      const early = cases.slice(0, cut);
      const first = planned(early);
      const standing = early.filter(({ id, apart }) => first[id] === undefined && !apart);
      const joins = { ...first, ...planned(cases.slice(cut), standing) };
      const roots = cases.filter(({ id, apart }) => joins[id] === undefined && !apart);
      for (const root of Object.values(joins)) expect(joins[root]).toBeUndefined();
      const keys = roots.flatMap(({ customerId, cardToken, currency }) =>
        cardToken === null
          ? [`${currency} ${customerId}`]
          : [`${currency} ${customerId}`, `${currency} ${cardToken}`],
      );
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
