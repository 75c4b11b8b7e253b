import { describe, expect, test } from "vitest";
import { LabelRequest, MAX_ATTRIBUTES, ScoreRequest } from "./transaction.ts";

const payment = {
  id: "pay_01H",
  occurredAt: "2026-11-20T10:15:30Z",
  amountMinor: 12_999,
  currency: "EUR",
  customerId: "cus_81",
  merchantId: "mer_7",
};
const full = {
  ...payment,
  cardToken: "card_x9",
  deviceId: "dev_3",
  ip: "203.0.113.9",
  merchantCategory: "5732",
  channel: "ecommerce",
  country: "DE",
  latitude: 52.5,
  longitude: 13.4,
  attributes: { avsMatch: 0, v1: -1.36, note: "gift", trusted: true },
};
const accepts = (change: object): boolean => ScoreRequest.safeParse({ ...full, ...change }).success;

test("the least and the most that a payment may say are accepted as they are", () => {
  expect(ScoreRequest.parse(payment)).toEqual(payment);
  expect(ScoreRequest.parse(full)).toEqual(full);
});

test.each(Object.keys(payment))("%s is required", (field) => {
  const rest = Object.fromEntries(Object.entries(payment).filter(([name]) => name !== field));
  expect(ScoreRequest.safeParse(rest).success).toBe(false);
});

describe("accepted", () => {
  test.each([
    ["an amount of nothing", { amountMinor: 0 }],
    ["the largest exact amount", { amountMinor: Number.MAX_SAFE_INTEGER }],
    ["a time with an offset", { occurredAt: "2026-11-20T10:15:30.123+05:30" }],
    ["an id of 128 characters", { id: `p${"1".repeat(127)}` }],
    ["an id in another script", { customerId: "клиент-7" }],
    ["an IPv6 address", { ip: "2001:db8::9" }],
    ["the poles", { latitude: -90, longitude: 180 }],
    ["as many attributes as may be", { attributes: attributes(MAX_ATTRIBUTES) }],
    ["a currency without minor unit", { currency: "JPY" }],
  ])("%s", (_name, change) => expect(accepts(change)).toBe(true));
});

describe("refused", () => {
  test.each([
    ["a negative amount", { amountMinor: -1 }],
    ["a fraction of a minor unit", { amountMinor: 1.5 }],
    ["an amount beyond exact integers", { amountMinor: 2 ** 53 }],
    ["an amount as text", { amountMinor: "100" }],
    ["a currency in small letters", { currency: "eur" }],
    ["an unknown currency", { currency: "ABC" }],
    ["an empty id", { id: "" }],
    ["an id of 129 characters", { id: "p".repeat(129) }],
    ["an id of digits alone, which could be a card number", { customerId: "1234" }],
    ["a time without offset", { occurredAt: "2026-11-20T10:15:30" }],
    ["a day that does not exist", { occurredAt: "2026-02-30T10:00:00Z" }],
    ["a day alone", { occurredAt: "2026-11-20" }],
    ["an unknown channel", { channel: "carrier_pigeon" }],
    ["a country of three letters", { country: "DEU" }],
    ["a latitude beyond the pole", { latitude: 90.1 }],
    ["an address that is none", { ip: "300.1.1.1" }],
    ["one attribute too many", { attributes: attributes(MAX_ATTRIBUTES + 1) }],
    ["an attribute that is an object", { attributes: { a: {} } }],
    ["an attribute that is null", { attributes: { a: null } }],
    ["an attribute without a name", { attributes: { "": 1 } }],
    ["an unknown field", { amount: 1 }],
    ["null for a field left out", { cardToken: null }],
  ])("%s", (_name, change) => expect(accepts(change)).toBe(false));
});

describe("labels", () => {
  const label = {
    transactionId: "pay_01H",
    label: "fraud",
    source: "chargeback",
    occurredAt: "2026-11-20T10:15:30Z",
  };

  test("a label with and without a note is accepted", () => {
    expect(LabelRequest.parse(label)).toEqual(label);
    expect(LabelRequest.safeParse({ ...label, note: "reason code 10.4" }).success).toBe(true);
  });

  test.each([
    ["a verdict of an analyst, which only the browser may claim", { source: "analyst" }],
    ["an import, which only the importer may claim", { source: "import" }],
    ["a label that is neither", { label: "unsure" }],
    ["a note too long", { note: "x".repeat(2_001) }],
    ["an unknown field", { amount: 1 }],
  ])("%s is refused", (_name, change) => {
    expect(LabelRequest.safeParse({ ...label, ...change }).success).toBe(false);
  });
});

function attributes(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, i]));
}
