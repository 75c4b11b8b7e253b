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

test("those who wait longest are taken first, and get the verdict that they are given", async () => {
  const queue = new PaymentQueue(3);
  const [first, second] = queue.add([payment("a"), payment("b")], 0) ?? [];
  for (const waiting of queue.take(1)) waiting.settle({ response: "first" });
  for (const waiting of queue.take(5)) waiting.settle({ response: "second" });
  expect([await first, await second]).toEqual([{ response: "first" }, { response: "second" }]);
  expect(queue.length).toBe(0);
});
