import { expect, test } from "vitest";
import { ScoreRequest } from "#server/domain/transaction.ts";
import { paymentsAfter } from "../payments.ts";
import { batchRequests, type Endpoint, PreparedBodies, singleRequests } from "./request-source.ts";

const world = { seed: 1, customers: 50, merchants: 20, startMs: Date.UTC(2026, 0, 1), days: 2 };
const endpoint: Endpoint = { port: 3001, path: "/v1/score", key: "assay_secret" };
const bodies = (count = 40): PreparedBodies => new PreparedBodies(paymentsAfter(world, count), "abcdef");

function sent(source: ReturnType<typeof singleRequests>): { head: string; body: string } {
  const into = Buffer.alloc(source.size);
  const text = into.subarray(0, source.write(into)).toString();
  const end = text.indexOf("\r\n\r\n");
  return { head: text.slice(0, end), body: text.slice(end + 4) };
}

test("every request holds one valid payment, a fresh id, the present time and its own length", () => {
  const source = singleRequests(bodies(), endpoint);
  const before = Date.now();
  const requests = Array.from({ length: 100 }, () => sent(source));
  const payments = requests.map(({ body }) => ScoreRequest.parse(JSON.parse(body)));
  expect(new Set(payments.map(({ id }) => id)).size).toBe(100);
  for (const { head, body } of requests) {
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(head).toMatch(/^POST \/v1\/score HTTP\/1\.1\r\n.*Bearer assay_secret/s);
  }
  for (const { occurredAt, attributes = {} } of payments) {
    expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(before);
    expect(Object.keys(attributes).length).toBeGreaterThanOrEqual(5);
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(8);
  }
});

test("after the last prepared payment the first comes again, with another id", () => {
  const source = singleRequests(bodies(3), endpoint);
  const [first, , , fourth] = Array.from({ length: 4 }, () => JSON.parse(sent(source).body));
  expect(fourth.customerId).toBe(first.customerId);
  expect(fourth.amountMinor).toBe(first.amountMinor);
  expect(fourth.id).not.toBe(first.id);
});

test("a batch is an array of as many payments, with its length in the head", () => {
  const source = batchRequests(bodies(), { ...endpoint, key: null }, 100);
  const { head, body } = sent(source);
  expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(Buffer.byteLength(body));
  expect(head).not.toContain("Authorization");
  const payments: { id: string }[] = JSON.parse(body);
  expect(new Set(payments.map(({ id }) => id)).size).toBe(100);
  expect(new Set([...payments, ...JSON.parse(sent(source).body)].map(({ id }) => id)).size).toBe(200);
});

test("without payments, or with a tag of another form, there is nothing to send", () => {
  expect(() => new PreparedBodies([], "abcdef")).toThrow(RangeError);
  expect(() => new PreparedBodies(paymentsAfter(world, 1), "run1")).toThrow(RangeError);
});
