import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "#ml/models/canonical-json.ts";
import { Channel } from "#server/domain/transaction.ts";
import { acceptPayment, acceptUnusual } from "../accepted-payment.ts";
import { paymentBody } from "../testing/payments.ts";
import { plainPayment } from "./plain-payment.ts";

const now = new Date("2026-11-20T10:16:00Z");
const fullBody = paymentBody({
  deviceId: "dev_3",
  ip: "203.0.113.9",
  merchantCategory: "5732",
  latitude: 52.5,
  longitude: 13.4,
  attributes: { avsMatch: 0, v1: -1.36, entryMode: "chip", isNew: false },
});

const id = fc.stringMatching(/^[a-z]{3}_[0-9A-Za-z]{1,11}$/);
const amount = fc.oneof(fc.nat(), fc.nat({ max: 99_999_999_999 }), fc.constant(0));
const time = fc
  .date({ min: new Date(86_400_000), max: new Date(now.getTime() - 86_400_000), noInvalidDate: true })
  .map((date) => date.toISOString())
  .filter((text) => !text.includes("-02-29"));
const attributeValue = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((x) => !Object.is(x, -0)),
  fc.integer(),
  fc.boolean(),
  fc.stringMatching(/^[ !#-.:-Z^-~]{0,40}$/),
);
const optional = {
  cardToken: id,
  deviceId: fc.oneof(
    id,
    fc.uuid().map((uuid) => `dev_${uuid}`),
  ),
  ip: fc.oneof(fc.ipV4(), fc.constantFrom("2001:db8::1", "::1", "2001:0db8:1234:5678:9012:3456:7890:1234")),
  merchantCategory: fc.stringMatching(/^\d{4}$/),
  channel: fc.constantFrom(...Channel.options),
  country: fc.stringMatching(/^[A-Z]{2}$/),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }).filter((x) => !Object.is(x, -0)),
  longitude: fc.integer({ min: -180, max: 180 }),
  attributes: fc.dictionary(fc.stringMatching(/^f[A-Za-z0-9_.-]{0,11}$/), attributeValue, {
    maxKeys: 8,
    noNullPrototype: true,
  }),
};
const required = {
  id,
  occurredAt: fc.oneof(
    time,
    time.map((text) => text.replace(/\.\d+/, "")),
    time.map((text) => text.replace("Z", "456789-03:30")),
  ),
  amountMinor: amount,
  currency: fc.constantFrom("EUR", "USD", "JPY", "KWD"),
  customerId: id,
  merchantId: id,
};
const usual = fc.record(
  { ...required, ...optional },
  { requiredKeys: Object.keys(required) as (keyof typeof required)[], noNullPrototype: true },
);

const names = [...Object.keys(required), ...Object.keys(optional)];
const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 140 }),
  fc.double(),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom<unknown>(
    undefined,
    null,
    -0,
    1e11,
    1763632800000,
    4111111111111111,
    2 ** 53,
    1e300,
    -1,
    0.5,
  ),
  fc.constantFrom(
    "4111 1111 1111 1111",
    "x4111-1111-1111-1111",
    "123",
    "a\0b",
    'a"b',
    "a\\b",
    "a\nb",
    "é",
    "\uD800",
  ),
  fc.constantFrom("", "a".repeat(64), "a".repeat(65), "a".repeat(128), "a".repeat(129), "a".repeat(1_025)),
  fc.constantFrom(
    "eur",
    "EURO",
    "XXX",
    "constructor",
    "toString",
    "de",
    "D1",
    "256.1.1.1",
    "01.2.3.4",
    "fe80::1%eth0",
  ),
  fc.constantFrom(
    "2026-02-30T00:00:00Z",
    "2024-02-29T00:00:00Z",
    "2026-11-20T24:00:00Z",
    "2026-11-20T10:15:60Z",
  ),
  fc.constantFrom(
    "2026-13-01T00:00:00Z",
    "2026-11-20t10:15:30z",
    "2026-11-20T10:15:30+01:00",
    "2026-11-20T10:15Z",
  ),
);
const oddName = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "cvv",
    "PIN",
    "4111111111111111",
    'a"b',
    "é",
    "\0",
    "10",
    "9",
  ),
  fc.string({ maxLength: 70 }),
);
const changes = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), oddName), odd), { maxLength: 3 });
const attributeChanges = fc.array(fc.tuple(oddName, fc.oneof(attributeValue, odd)), { maxLength: 2 });

function withMembers(object: object, members: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries([...Object.entries(object), ...members]);
}

test("a usual body is taken, as what the full checks make of it", () => {
  fc.assert(
    fc.property(usual, (body) => {
      const plain = plainPayment(body);
      expect(plain).not.toBeNull();
      expect(plain?.canonical).toBe(canonicalJson(body));
      expect(acceptPayment(body, now)).toEqual(acceptUnusual(body, now));
      expect(acceptUnusual(body, now).accepted).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("whatever a body holds, the answer is the one of the full checks", () => {
  fc.assert(
    fc.property(usual, changes, attributeChanges, (body, changed, inAttributes) => {
      const attributes = withMembers(body.attributes ?? {}, inAttributes);
      const sent = withMembers(inAttributes.length > 0 ? { ...body, attributes } : body, changed);
      expect(acceptPayment(sent, now)).toEqual(acceptUnusual(sent, now));
      const plain = plainPayment(sent);
      if (plain !== null) expect(plain.canonical).toBe(canonicalJson(sent));
    }),
    { numRuns: 1_500 },
  );
});

test("every field is read: each odd value in each field is answered as by the full checks", () => {
  const values = fc.sample(odd, { numRuns: 60, seed: 4 });
  for (const name of [...names, "more"]) {
    for (const value of values) {
      const sent = { ...fullBody, [name]: value };
      expect(acceptPayment(sent, now)).toEqual(acceptUnusual(sent, now));
    }
  }
});

test.each([
  ["undefined", undefined],
  ["null", null],
  ["a list", []],
  ["an object without a prototype", Object.assign(Object.create(null), fullBody)],
  ["a field from a prototype", Object.assign(Object.create({ cardToken: "card_1" }), fullBody)],
  ["a field that is undefined", { ...fullBody, more: undefined }],
  ["a card number in a name that was asked before", { ...fullBody, attributes: { "4111111111111111": 1 } }],
])("%s is left to the full checks", (_name, body) => expect(plainPayment(body)).toBeNull());

test("the names that passed are forgotten before they are too many, and the answers stay the same", () => {
  for (let i = 0; i < 5_000; i++) {
    expect(plainPayment({ ...fullBody, attributes: { [`name${i}`]: i } })).not.toBeNull();
  }
  expect(plainPayment({ ...fullBody, attributes: { cvv: 1 } })).toBeNull();
  expect(plainPayment(fullBody)).not.toBeNull();
});
