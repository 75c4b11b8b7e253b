import fc from "fast-check";
import { expect, test } from "vitest";
import { payment } from "#ml/features/testing/payment.ts";
import { checkPayment, knownFields } from "./check-payment.ts";
import { testCards } from "./testing/plain-mapping.ts";

const nowMs = Date.parse("2026-11-20T12:00:00Z");

const sound = payment({
  id: "pay_1",
  occurredAtMs: nowMs - 1_000,
  amountMinor: 1299,
  attributes: { v1: -1.3598071336738 },
});

test("a payment that keeps every rule has no fault; what is not known is left out of its body", () => {
  expect(checkPayment(sound, nowMs)).toBeNull();
  expect(knownFields(sound)).toEqual({
    id: "pay_1",
    amountMinor: 1299,
    currency: "EUR",
    customerId: "cus_a",
    merchantId: "mer_a",
    attributes: { v1: -1.3598071336738 },
  });
});

test.each([
  [{ id: "12345" }, "id"],
  [{ id: "x".repeat(129) }, "id"],
  [{ amountMinor: 12.5 }, "amountMinor"],
  [{ currency: "euro" }, "currency"],
  [{ currency: "ZZZ" }, "currency"],
  [{ ip: "300.1.1.1" }, "ip"],
  [{ channel: "pigeon" }, "channel"],
  [{ country: "Germany" }, "country"],
  [{ latitude: 91 }, "latitude"],
  [{ longitude: -181 }, "longitude"],
  [{ merchantCategory: "" }, "merchantCategory"],
  [{ attributes: { note: "x".repeat(1025) } }, "attributes.note"],
  [{ attributes: { cvv: 123 } }, "attributes.cvv"],
] as const)("%j breaks a rule of the API at %s", (changes, field) => {
  expect(checkPayment({ ...sound, ...changes }, nowMs)?.field).toBe(field);
});

test("a lead of 5 minutes is allowed, more is not", () => {
  expect(checkPayment({ ...sound, occurredAtMs: nowMs + 300_000 }, nowMs)).toBeNull();
  expect(checkPayment({ ...sound, occurredAtMs: nowMs + 300_001 }, nowMs)).toEqual({
    field: "occurredAt",
    reason: "lies in the future",
  });
  expect(checkPayment({ ...sound, occurredAtMs: Number.NaN }, nowMs)?.field).toBe("occurredAt");
});

test("no card number passes in any text, and no fault repeats it", () => {
  const place = fc.constantFrom(
    "id",
    "customerId",
    "merchantId",
    "cardToken",
    "deviceId",
    "merchantCategory",
    "attribute",
  );
  fc.assert(
    fc.property(place, fc.constantFrom(...testCards), (field, card) => {
      const text = `a ${card}`;
      const changes = field === "attribute" ? { attributes: { note: text } } : { [field]: text };
      const fault = checkPayment({ ...sound, ...changes }, nowMs);
      expect(fault?.reason).toMatch(/card number/);
      expect(JSON.stringify(fault)).not.toContain(card);
    }),
  );
});
