import { expect, test } from "vitest";
import { groupById, repeatVerdict } from "./known-payments.ts";
import type { Waiting } from "./payment-queue.ts";
import { paymentEvent } from "./testing/payments.ts";

const hash = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

function waiting(id: string): Waiting {
  return {
    payment: { event: paymentEvent({ id }), requestHash: hash(1) },
    since: 0,
    settle: () => {},
  };
}

test("the same body again gets the stored answer", () => {
  const known = { requestHash: hash(1), response: '{"outcome":"approve"}' };
  expect(repeatVerdict(known, hash(1))).toEqual({ response: known.response });
});

test("another body of the same id is a conflict that tells nothing of the first", () => {
  const known = { requestHash: hash(1), response: '{"outcome":"approve"}' };
  const verdict = repeatVerdict(known, hash(2));
  expect(verdict).toMatchObject({ problem: { status: 409, type: "urn:assay:problem:conflict" } });
  expect(JSON.stringify(verdict)).not.toContain("approve");
});

test("history has no answer to repeat, whatever the body", () => {
  expect(repeatVerdict({ requestHash: new Uint8Array(0), response: null }, hash(1))).toMatchObject({
    problem: { status: 409 },
  });
});

test("payments of one id stay together, in the order of the first of each", () => {
  const batch = ["a", "b", "a", "c", "b"].map(waiting);
  const groups = groupById(batch);
  expect([...groups.keys()]).toEqual(["a", "b", "c"]);
  expect(groups.get("a")).toEqual([batch[0], batch[2]]);
});
