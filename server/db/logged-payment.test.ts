import { expect, test } from "vitest";
import { type LoggedPaymentRow, loggedPayment, selectLoggedPayments } from "./logged-payment.ts";

const row: LoggedPaymentRow = [
  "pay_1",
  1_700_000_000_123,
  12_999,
  "EUR",
  "cus_1",
  "mer_1",
  "card_1",
  "dev_1",
  "203.0.113.9",
  "5732",
  "ecommerce",
  "DE",
  52.5,
  13.4,
  { avsMatch: 0 },
  7,
];

test("every column lands in its own field", () => {
  expect(loggedPayment(row)).toEqual({
    id: "pay_1",
    occurredAtMs: 1_700_000_000_123,
    amountMinor: 12_999,
    currency: "EUR",
    customerId: "cus_1",
    merchantId: "mer_1",
    cardToken: "card_1",
    deviceId: "dev_1",
    ip: "203.0.113.9",
    merchantCategory: "5732",
    channel: "ecommerce",
    country: "DE",
    latitude: 52.5,
    longitude: 13.4,
    attributes: { avsMatch: 0 },
    labelCursor: 7,
  });
});

test("attributes that were not read are no attributes", () => {
  expect(loggedPayment(row.with(14, null) as LoggedPaymentRow).attributes).toEqual({});
});

test("a reader's own columns follow those of the payment", () => {
  const text = selectLoggedPayments(["t.seq", "d.score"], { attributes: false });
  const columns = text
    .slice(text.indexOf("select") + 6, text.indexOf("from transaction"))
    .split(/,(?![^(]*\))/);
  expect(columns.map((column) => column.trim()).slice(row.length)).toEqual(["t.seq", "d.score"]);
  expect(text).not.toContain("attributes");
});
