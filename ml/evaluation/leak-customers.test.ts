import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type CustomerPayments, copiedCustomers } from "./leak-customers.ts";

type Payment = readonly [atMs: number, customer: string, amount: number];

function paymentsOf(all: readonly Payment[]): CustomerPayments {
  const sorted = all.toSorted(([a], [b]) => a - b);
  return {
    rows: sorted.length,
    occurredAtMs: Float64Array.from(sorted, ([at]) => at),
    customerIds: sorted.map(([, customer]) => customer),
    amountMinor: Float64Array.from(sorted, ([, , amount]) => amount),
  };
}

/** 20 customers before 1000 ms with 12 payments each, and as many after, whose amounts `of` gives. */
function twoHalves(of: (customer: number, payment: number, old: number) => number, name = "new"): Payment[] {
  const rng = createRng("copies");
  return Array.from({ length: 20 }, (_, customer) =>
    Array.from({ length: 12 }, (_, payment): Payment[] => {
      const amount = 100 + rng.integer(100_000);
      return [
        [payment, `old_${customer}`, amount],
        [1_000 + payment, `${name}_${customer}`, of(customer, payment, amount)],
      ];
    }).flat(),
  ).flat();
}

test("customers who repeat earlier ones under a new name are told with their number", () => {
  const finding = copiedCustomers(
    paymentsOf(twoHalves((customer, _, old) => (customer < 10 ? old : 7 * old))),
    1_000,
  );
  expect(finding).toMatchObject({ code: "copied_customers", feature: null, statistic: 0.5 });
  expect(finding?.text).toContain("10 of 20 customers");
});

test("a copy with one amount changed is still one", () => {
  const near = twoHalves((_, payment, old) => (payment === 0 ? old + 1 : old));
  expect(copiedCustomers(paymentsOf(near), 1_000)?.statistic).toBe(1);
});

test("customers who go on, subscriptions and strangers are no copies", () => {
  expect(copiedCustomers(paymentsOf(twoHalves((_, __, old) => old, "old")), 1_000)).toBeNull();
  const same = Array.from(
    { length: 480 },
    (_, row): Payment => [row * 5, `c_${row % 40}_${row >= 200}`, 999],
  );
  expect(copiedCustomers(paymentsOf(same), 1_000)).toBeNull();
  expect(copiedCustomers(paymentsOf(twoHalves((_, __, old) => 3 * old + 1)), 1_000)).toBeNull();
});

test("nothing to look at finds nothing", () => {
  expect(copiedCustomers(paymentsOf([]), 0)).toBeNull();
});

test("where every customer has one name, whatever they pay is no copy", () => {
  const payment = fc.tuple(
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(payment, { maxLength: 200 }), (all) => {
      const named = all.map(([at, customer, amount]): Payment => [at, `c${customer}`, amount]);
      const both = named.flatMap(([at, customer, amount]): Payment[] => [
        [at, customer, amount],
        [at + 1_000, customer, amount],
      ]);
      expect(copiedCustomers(paymentsOf(both), 1_000)).toBeNull();
    }),
  );
});
