import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { PaymentQueue, type Settle } from "./payment-queue.ts";
import { paymentEvent } from "./testing/payments.ts";

const payment = (id: string): AcceptedPayment => ({
  event: paymentEvent({ id }),
  requestHash: new Uint8Array(32),
});
const ids = (waiting: readonly { payment: AcceptedPayment }[]): string[] =>
  waiting.map((w) => w.payment.event.id);

const nobody = (): void => {};

test("payments leave in the order in which they came", () => {
  const queue = new PaymentQueue({ capacity: 10, room: 10, limitMs: 1_000 });
  queue.add([payment("a"), payment("b")], nobody);
  queue.add([payment("c")], nobody);
  expect(ids(queue.take(2))).toEqual(["a", "b"]);
  expect(ids(queue.take(2))).toEqual(["c"]);
  expect(queue.length).toBe(0);
});

test("payments are added all or none, and the queue never grows beyond its capacity", () => {
  const queue = new PaymentQueue({ capacity: 3, room: 3, limitMs: 1_000 });
  expect(queue.add([payment("a"), payment("b")], nobody)).toBe(true);
  expect(queue.add([payment("c"), payment("d")], nobody)).toBe(false);
  expect(queue.length).toBe(2);
  expect(queue.add([payment("c")], nobody)).toBe(true);
});

test("a verdict is told by the place of its payment, and the first one counts", () => {
  const queue = new PaymentQueue({ capacity: 3, room: 3, limitMs: 1_000 });
  const told: unknown[] = [];
  queue.add([payment("a"), payment("b")], (verdict, place) => told.push([place, verdict]));
  const [a, b] = queue.take(2);
  b?.settle({ response: "b" });
  b?.settle({ response: "again" });
  a?.settle({ response: "a" });
  expect(told).toEqual([
    [1, { response: "b" }],
    [0, { response: "a" }],
  ]);
});

describe("after the limit", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] }));
  afterEach(() => vi.useRealTimers());

  test("whoever has no verdict is told to come again, whether still queued or already taken", () => {
    const queue = new PaymentQueue({ capacity: 10, room: 10, limitMs: 1_800 });
    const told: unknown[] = [];
    const tell: Settle = (verdict) =>
      told.push("problem" in verdict ? verdict.problem.status : verdict.response);
    queue.add([payment("taken"), payment("answered"), payment("queued")], tell);
    const [taken, answered] = queue.take(2);
    answered?.settle({ response: "answered" });
    vi.advanceTimersByTime(1_700);
    expect(told).toEqual(["answered"]);
    queue.add([payment("later")], tell);
    vi.advanceTimersByTime(200);
    expect(told).toEqual(["answered", 503, 503]);
    taken?.settle({ response: "too late" });
    expect(told).toEqual(["answered", 503, 503]);
    vi.advanceTimersByTime(1_700);
    expect(told).toEqual(["answered", 503, 503, 503]);
  });

  test("nothing ticks while nobody waits", () => {
    const queue = new PaymentQueue({ capacity: 10, room: 10, limitMs: 1_800 });
    expect(vi.getTimerCount()).toBe(0);
    queue.add([payment("a")], nobody);
    expect(vi.getTimerCount()).toBe(1);
    queue.take(1)[0]?.settle({ response: "a" });
    vi.advanceTimersByTime(200);
    expect(vi.getTimerCount()).toBe(0);
    queue.add([payment("b")], nobody);
    expect(vi.getTimerCount()).toBe(1);
  });
});

test("a payment that comes alone is turned away earlier than a batch, which fills what is left", () => {
  const queue = new PaymentQueue({ capacity: 5, room: 2, limitMs: 1_000 });
  const settle = (): void => {};
  expect(queue.add([payment("a")], settle)).toBe(true);
  expect(queue.isCrowded).toBe(false);
  expect(queue.add([payment("b")], settle)).toBe(true);
  expect([queue.isCrowded, queue.add([payment("c")], settle)]).toEqual([true, false]);
  expect(queue.add([payment("d"), payment("e"), payment("f")], settle)).toBe(true);
  expect(queue.add([payment("g"), payment("h")], settle)).toBe(false);
});
