import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabelRequest } from "#server/domain/transaction.ts";
import { acceptBody, acceptPayment } from "./accepted-payment.ts";
import { paymentBody, paymentEvent } from "./testing/payments.ts";

const now = new Date("2026-11-20T10:16:00Z");
const secret = "do-not-repeat-me";

function problemIn(body: unknown) {
  const acceptance = acceptPayment(body, now);
  if (acceptance.accepted) throw new Error("accepted");
  return acceptance.problem;
}

function hashOf(body: unknown): string {
  const acceptance = acceptPayment(body, now);
  if (!acceptance.accepted) throw new Error("refused");
  return Buffer.from(acceptance.payment.requestHash).toString("hex");
}

test("what was left out is null, and times are milliseconds", () => {
  expect(acceptPayment(paymentBody(), now)).toMatchObject({
    accepted: true,
    payment: { event: paymentEvent() },
  });
});

test("the hash does not depend on the order of keys, at any depth, and on everything else", () => {
  const body = paymentBody({ attributes: { a: 1, b: 2 } });
  const reordered = Object.fromEntries(Object.entries({ ...body, attributes: { b: 2, a: 1 } }).reverse());
  expect(hashOf(reordered)).toBe(hashOf(body));
  expect(hashOf({ ...body, attributes: { a: 1, b: 3 } })).not.toBe(hashOf(body));
  expect(hashOf({ ...body, occurredAt: "2026-11-20T10:15:30.000Z" })).not.toBe(hashOf(body));
});

describe("each field that is wrong is named by JSON pointer, and its value is not repeated", () => {
  test.each([
    ["amountMinor", { amountMinor: secret }, "/amountMinor"],
    ["currency", { currency: secret }, "/currency"],
    ["channel", { channel: secret }, "/channel"],
    ["ip", { ip: secret }, "/ip"],
    ["occurredAt", { occurredAt: secret }, "/occurredAt"],
    ["country", { country: secret }, "/country"],
    ["latitude", { latitude: secret }, "/latitude"],
    ["an id without letters", { id: "123" }, "/id"],
    ["an id with a NUL character", { id: `${secret}\0` }, "/id"],
    ["an id with half a surrogate pair", { customerId: `${secret}\uD800` }, "/customerId"],
    ["an attribute", { attributes: { "a/b": { secret } } }, "/attributes/a~1b"],
    [
      "an attribute named __proto__",
      { attributes: JSON.parse(`{"__proto__":"${secret}"}`) },
      "/attributes/__proto__",
    ],
    ["attributes that are a list", { attributes: [secret] }, "/attributes"],
    ["a number without end", { amountMinor: Number.POSITIVE_INFINITY }, "/amountMinor"],
  ])("%s", (_name, change, path) => {
    const problem = problemIn(paymentBody(change));
    expect(problem).toMatchObject({ status: 422, type: "urn:assay:problem:invalid" });
    expect(problem.errors?.map((error) => error.path)).toEqual([path]);
    expect(JSON.stringify(problem)).not.toContain(secret);
  });

  test("every unknown field is named by itself, and what is missing is called required", () => {
    const { id: _, ...rest } = paymentBody({ extra: secret, more: secret });
    const { errors } = problemIn(rest);
    expect(errors).toContainEqual({ path: "/id", message: "is required" });
    expect(errors).toContainEqual({ path: "/extra", message: "is not a field of this request" });
    expect(errors).toContainEqual({ path: "/more", message: "is not a field of this request" });
    expect(JSON.stringify(errors)).not.toContain(secret);
  });

  test.each([["text"], [7], [null], [[]], [undefined], [true]])(
    "a body that is %j is refused as a whole",
    (body) => {
      expect(problemIn(body).errors?.map((error) => error.path)).toEqual([""]);
    },
  );
});

describe("card data is refused before anything else", () => {
  const number = "4111 1111 1111 1111";
  test.each([
    ["in a known field", { merchantCategory: number }, "/merchantCategory"],
    ["in an unknown field", { pay: { with: [number] } }, "/pay/with/0"],
    ["in an attribute", { attributes: { note: number } }, "/attributes/note"],
    ["as a number", { attributes: { n: 4111111111111111 } }, "/attributes/n"],
    ["as the name of an attribute", { attributes: { [number]: 1 } }, "/attributes/*"],
    ["by the name of a field", { cvc: 123 }, "/cvc"],
    ["in an id", { id: `x${number}` }, "/id"],
  ])("%s", (_name, change, path) => {
    const problem = problemIn(paymentBody(change));
    expect(problem).toMatchObject({ status: 422, type: "urn:assay:problem:card-data" });
    expect(problem.errors?.map((error) => error.path)).toEqual([path]);
    expect(JSON.stringify(problem)).not.toContain("1111");
  });
});

test("negative zero is zero, as it will come back from the database", () => {
  const acceptance = acceptPayment(paymentBody({ amountMinor: -0, attributes: { a: -0, b: "x" } }), now);
  if (!acceptance.accepted) throw new Error("refused");
  const { amountMinor, attributes } = acceptance.payment.event;
  expect(Object.is(amountMinor, 0)).toBe(true);
  expect(Object.is(attributes.a, 0)).toBe(true);
  expect(attributes.b).toBe("x");
});

describe("times", () => {
  test.each([
    ["five minutes ahead are accepted", "2026-11-20T10:21:00Z", true],
    ["a millisecond more is not", "2026-11-20T10:21:00.001Z", false],
    ["offsets count", "2026-11-20T12:20:00+02:00", true],
    ["1970 is accepted", "1970-01-01T00:00:00Z", true],
    ["1969 is not", "1969-12-31T23:59:59Z", false],
    ["the year nought is not", "0000-01-01T00:00:00Z", false],
  ])("%s", (_name, occurredAt, accepted) => {
    expect(acceptPayment(paymentBody({ occurredAt }), now).accepted).toBe(accepted);
  });
});

test("no JSON value makes the check throw, and what is refused is refused with 422", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const changed = acceptPayment(paymentBody({ attributes: value }), now);
      return changed.accepted || changed.problem.status === 422;
    }),
  );
});

test("other bodies are checked in the same way", () => {
  const label = {
    transactionId: "pay_1",
    label: "fraud",
    source: "chargeback",
    occurredAt: "2026-11-20T10:00:00Z",
  };
  expect(acceptBody(LabelRequest, label)).toEqual({ value: label });
  expect(acceptBody(LabelRequest, { ...label, note: "4111111111111111" })).toMatchObject({
    problem: { type: "urn:assay:problem:card-data", errors: [{ path: "/note" }] },
  });
  expect(acceptBody(LabelRequest, { ...label, source: "analyst" })).toMatchObject({
    problem: { status: 422, errors: [{ path: "/source" }] },
  });
});
