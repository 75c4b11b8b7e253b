import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const START_MS = Date.UTC(2026, 7, 1);
const history = [
  ...simulate({ seed: 4, startMs: START_MS, days: 20, customers: 1500, merchants: 300, fraudShare: 0.02 }),
];

test("ids are 1 to 128 characters with a letter", () => {
  const ids = history.flatMap(({ payment: p }) => [
    p.id,
    p.customerId,
    p.merchantId,
    p.cardToken,
    p.deviceId,
  ]);
  const wrong = ids.filter((id) => id !== null && !/^(?=.*[a-z])[a-z0-9_]{1,128}$/.test(id));
  expect(ids.length).toBeGreaterThan(50_000);
  expect(wrong).toEqual([]);
});

test("no field could be taken for a card number: never twelve digits, even with separators removed", () => {
  const values = history.flatMap(({ payment }) => {
    // The moment is sent as an ISO date; as milliseconds it has 13 digits of its own.
    const { occurredAtMs: _, attributes, ...fields } = payment;
    return [...Object.values(fields), ...Object.values(attributes)];
  });
  const taken = values.filter((value) => /\d{12}/.test(String(value).replace(/[^0-9a-z]/gi, "")));
  expect(values.length).toBeGreaterThan(100_000);
  expect(taken).toEqual([]);
});

test("no field has a forbidden name", () => {
  const names = new Set(
    history.flatMap(({ payment }) => [...Object.keys(payment), ...Object.keys(payment.attributes)]),
  );
  for (const forbidden of ["cvc", "cvv", "pin", "track"]) expect(names.has(forbidden)).toBe(false);
});

test("payments have a place on the globe, a currency and a country", () => {
  const nowhere = history.filter(
    ({ payment: p }) => !(Math.abs(p.latitude ?? 999) <= 90 && Math.abs(p.longitude ?? 999) <= 180),
  );
  expect(nowhere).toEqual([]);
  expect(new Set(history.map(({ payment }) => payment.currency))).toEqual(new Set(["EUR", "GBP", "CHF"]));
  expect(history.filter(({ payment }) => !/^[A-Z]{2}$/.test(payment.country ?? ""))).toEqual([]);
});

test("a customer pays in one currency", () => {
  const pairs = new Set(history.map(({ payment }) => `${payment.customerId} ${payment.currency}`));
  expect(pairs.size).toBe(new Set(history.map(({ payment }) => payment.customerId)).size);
});
