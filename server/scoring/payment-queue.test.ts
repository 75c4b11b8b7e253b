import { expect, test } from "vitest";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { PaymentQueue } from "./payment-queue.ts";
import { paymentEvent } from "./testing/payments.ts";

const payment = (id: string): AcceptedPayment => ({
  event: paymentEvent({ id }),
  requestHash: new Uint8Array(32),
});
const ids = (waiting: readonly { payment: AcceptedPayment }[]): string[] =>
  waiting.map((w) => w.payment.event.id);

test("payments leave in the order in which they came", () => {
  const queue = new PaymentQueue(10);
  queue.add([payment("a"), payment("b")], 0);
  queue.add([payment("c")], 0);
  expect(ids(queue.take(2))).toEqual(["a", "b"]);
  expect(ids(queue.take(2))).toEqual(["c"]);
  expect(queue.length).toBe(0);
});

test("payments are added all or none, and the queue never grows beyond its capacity", () => {
  const queue = new PaymentQueue(3);
  expect(queue.add([payment("a"), payment("b")], 0)).toHaveLength(2);
  expect(queue.add([payment("c"), payment("d")], 0)).toBeNull();
  expect(queue.length).toBe(2);
  expect(queue.add([payment("c")], 0)).toHaveLength(1);
});

test("everyone who waits can be given the same verdict", async () => {
  const queue = new PaymentQueue(3);
  const verdicts = queue.add([payment("a"), payment("b")], 0) ?? [];
  queue.settleAll({ response: "same" });
  expect(await Promise.all(verdicts)).toEqual([{ response: "same" }, { response: "same" }]);
  expect(queue.length).toBe(0);
});
