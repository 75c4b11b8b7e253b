import { Pool } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { ServiceError } from "#server/domain/service-error.ts";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { decided } from "./decided-payment.ts";
import type { Verdict } from "./payment-queue.ts";
import { problemOf, problemWith } from "./problems.ts";
import { createScoringService, type Submit } from "./scoring-service.ts";
import { handMadeServing } from "./testing/champion.ts";
import { paymentBody } from "./testing/payments.ts";

const now = new Date("2026-11-20T10:16:00Z");
const serving = handMadeServing();
const nowhere = new Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 200 });
afterAll(() => nowhere.end());

function responseTo({ event }: AcceptedPayment): string {
  const features = new Float64Array(serving.featureSet.definitions.length);
  const scored = { event, features, score: 0.001, labelCursor: 0, scoredAt: now, opensCase: true };
  return decided(scored, serving).response;
}

function serviceWith(verdictOf: (payment: AcceptedPayment) => Verdict) {
  const submitted: string[] = [];
  const submit: Submit = (payments, settle) => {
    submitted.push(...payments.map((payment) => payment.event.id));
    const backwards = payments.map((payment, place) => ({ payment, place })).reverse();
    for (const { payment, place } of backwards) setImmediate(() => settle(verdictOf(payment), place));
  };
  return { submitted, service: createScoringService(submit, nowhere, () => now) };
}
const answering = () => serviceWith((payment) => ({ response: responseTo(payment) }));

test("only bodies that are accepted are submitted, and verdicts keep the order of the bodies", async () => {
  const { service, submitted } = answering();
  const bodies = [{}, paymentBody({ id: "a" }), "x", paymentBody({ id: "b" }), paymentBody({ cvv: 1 })];
  const verdicts = await service.score(bodies);
  expect(submitted).toEqual(["a", "b"]);
  const outcomes = verdicts.map((v) =>
    "problem" in v ? v.problem.status : JSON.parse(v.response).transactionId,
  );
  expect(outcomes).toEqual([422, "a", 422, "b", 422]);
});

test("when no body is accepted nothing is submitted", async () => {
  const { service, submitted } = answering();
  expect(await service.score([{}, null])).toHaveLength(2);
  expect(submitted).toEqual([]);
  expect(await service.score([])).toEqual([]);
});

test("one body has its verdict by itself, accepted or not", async () => {
  const { service, submitted } = answering();
  const verdictOn = (body: unknown): Promise<Verdict> =>
    new Promise((settle) => service.scoreOne(body, settle));
  expect(await verdictOn(paymentBody({ id: "a" }))).toMatchObject({
    response: expect.stringContaining('"a"'),
  });
  expect(await verdictOn({})).toMatchObject({ problem: { status: 422 } });
  expect(submitted).toEqual(["a"]);
});

test("while a large batch is checked other work gets its turn", async () => {
  const { service } = answering();
  const bodies = Array.from({ length: 1_000 }, (_, i) =>
    paymentBody({ id: `ü${i}`, attributes: manyAttributes }),
  );
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  const verdicts = await service.score(bodies);
  clearInterval(others);
  expect(verdicts).toHaveLength(1_000);
  expect(turns).toBeGreaterThan(1);
});
const manyAttributes = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`name${i}`, `value é ${i}`]));

describe("in process", () => {
  test("an answer comes as the object that HTTP would send", async () => {
    const { service } = answering();
    expect(await service.port.score(paymentBody())).toMatchObject({
      transactionId: "pay_1",
      outcome: "approve",
    });
  });

  test("a refusal is a service error that names the fields", async () => {
    const { service } = answering();
    const refused = service.port.score(paymentBody({ amountMinor: -1 }));
    await expect(refused).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("/amountMinor"),
    });
  });

  test.each([
    ["conflict", problemWith("conflict", "Used before.")],
    ["unavailable", problemOf("unavailable")],
    ["unavailable", problemOf("overloaded")],
  ])("%s keeps its code", async (code, problem) => {
    const { service } = serviceWith(() => ({ problem }));
    await expect(service.port.score(paymentBody())).rejects.toMatchObject({ code, message: problem.detail });
  });

  test("a batch holds answers and problems", async () => {
    const { service } = answering();
    const results = await service.port.scoreBatch([paymentBody(), {}]);
    expect(results).toMatchObject([{ transactionId: "pay_1" }, { status: 422 }]);
  });
});

describe("reading a decision", () => {
  test("a database that does not answer is unavailable, and not an unknown transaction", async () => {
    const { service } = answering();
    await expect(service.find("pay_1")).rejects.toThrow(ServiceError);
    await expect(service.port.byId("pay_1")).rejects.toMatchObject({ code: "unavailable" });
  });

  test("an id that no transaction can have is not found without asking", async () => {
    const { service } = answering();
    expect(await service.find("a\0b")).toBeNull();
    expect(await service.find("\uD800")).toBeNull();
    expect(await service.find("4111 1111 1111 1111")).toBeNull();
    await expect(service.port.byId("a\0b")).rejects.toMatchObject({ code: "not_found" });
  });
});
