import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const START_MS = Date.UTC(2026, 7, 1);
const history = [
  ...simulate({ seed: 4, startMs: START_MS, days: 20, customers: 1500, merchants: 300, fraudShare: 0.02 }),
];

test("ids are 1 to 128 characters with a letter", () => {
  for (const { payment } of history) {
    const ids = [payment.id, payment.customerId, payment.merchantId, payment.cardToken, payment.deviceId];
    for (const id of ids) if (id !== null) expect(id).toMatch(/^(?=.*[a-z])[a-z0-9_]{1,128}$/);
  }
});

test("no field could be taken for a card number: never twelve digits, even with separators removed", () => {
  for (const { payment } of history) {
    // The moment is sent as an ISO date; as milliseconds it has 13 digits of its own.
    const { occurredAtMs: _, ...fields } = payment;
    const values = [...Object.values(fields), ...Object.values(payment.attributes)];
    for (const value of values) {
      if (typeof value === "object") continue;
      expect(String(value).replace(/[^0-9a-z]/gi, "")).not.toMatch(/\d{12}/);
    }
  }
});

test("no field has a forbidden name", () => {
  const names = new Set(
    history.flatMap(({ payment }) => [...Object.keys(payment), ...Object.keys(payment.attributes)]),
  );
  for (const forbidden of ["cvc", "cvv", "pin", "track"]) expect(names.has(forbidden)).toBe(false);
});

test("payments have a place on the globe, a currency and a country", () => {
  for (const { payment } of history) {
    expect(Math.abs(payment.latitude ?? 999)).toBeLessThanOrEqual(90);
    expect(Math.abs(payment.longitude ?? 999)).toBeLessThanOrEqual(180);
    expect(["EUR", "GBP", "CHF"]).toContain(payment.currency);
    expect(payment.country).toMatch(/^[A-Z]{2}$/);
  }
});

test("a customer pays in one currency", () => {
  const currencies = new Map<string, string>();
  for (const { payment } of history) {
    const known = currencies.get(payment.customerId) ?? payment.currency;
    expect(payment.currency).toBe(known);
    currencies.set(payment.customerId, known);
  }
});
