import fc from "fast-check";
import { expect, test } from "vitest";
import { categoryCode } from "./category-code.ts";
import { defaultFeatureSet, withAttributes } from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import { fingerprint } from "./fingerprint.ts";
import { CELL, PaymentRows, paymentRows } from "./payment-rows.ts";
import { type ReplayEvent, Replayer } from "./replay.ts";
import { anyStream, labelOf } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

const set = withAttributes(defaultFeatureSet, ["v1", { name: "kind", kind: "category" }]);
const width = set.definitions.length;

/** One payment at a time, as a server computes them. */
function oneByOne(events: readonly ReplayEvent[]): Float64Array {
  const engine = createFeatureEngine(set);
  const out = new Float64Array(events.length * width);
  events.forEach((event, i) => {
    engine.compute(event, out, i * width);
    engine.observe(event);
  });
  return out;
}

function inRows(events: readonly ReplayEvent[], wanted: Uint8Array | null = null): Float64Array {
  const values = new Float64Array((wanted?.reduce((a, b) => a + b, 0) ?? events.length) * width);
  new Replayer(createFeatureEngine(set)).nextRows(paymentRows(set, events), wanted, { values, offset: 0 });
  return values;
}

const bits = (values: Float64Array): BigUint64Array => new BigUint64Array(values.buffer);

test("rows give what payments one by one give, bit for bit", () => {
  fc.assert(
    fc.property(anyStream(), fc.array(fc.constantFrom("a", 3, true, false)), ({ events }, kinds) => {
      const told = events.map((event, i) => {
        const kind = kinds[i];
        return kind === undefined ? event : { ...event, channel: `${kind}`, attributes: { v1: kind, kind } };
      });
      expect(bits(inRows(told))).toEqual(bits(oneByOne(told)));
    }),
    { numRuns: 60 },
  );
});

test("rows that are not wanted still count", () => {
  fc.assert(
    fc.property(anyStream(), fc.nat(), ({ events }, seed) => {
      const wanted = Uint8Array.from(events, (_, i) => (seed >> (i % 20)) & 1);
      const all = inRows(events);
      const some = [...wanted].flatMap((one, i) =>
        one === 1 ? [...all.subarray(i * width, (i + 1) * width)] : [],
      );
      expect([...inRows(events, wanted)]).toEqual(some);
    }),
    { numRuns: 20 },
  );
});

test("a row computed twice, out of order, or before a label, is found anew", () => {
  const [first, second] = [payment({ id: "a" }), payment({ id: "b", occurredAtMs: START_MS + 5 })];
  const rows = paymentRows(set, [first, second]);
  const engine = createFeatureEngine(set);
  const [row, event] = [new Float64Array(width), new Float64Array(width)];
  engine.computeRow(rows, 1, { values: row, offset: 0 });
  engine.observeRow(rows, 0);
  engine.computeRow(rows, 1, { values: row, offset: 0 });
  engine.applyLabel({ ...labelOf(first, START_MS + 2, true) });
  engine.observe(payment({ id: "c", customerId: "cus_b", occurredAtMs: START_MS + 3 }));
  engine.observeRow(rows, 1);
  const plain = createFeatureEngine(set);
  plain.observe(first);
  plain.applyLabel(labelOf(first, START_MS + 2, true));
  plain.observe(payment({ id: "c", customerId: "cus_b", occurredAtMs: START_MS + 3 }));
  plain.observe(second);
  expect(engine.snapshot()).toEqual(plain.snapshot());
  engine.computeRow(rows, 0, { values: row, offset: 0 });
  plain.compute(first, event, 0);
  expect(row).toEqual(event);
});

test("a row older than the longest window changes nothing", () => {
  const engine = createFeatureEngine(set);
  engine.observe(payment({ id: "now", occurredAtMs: START_MS }));
  const before = engine.snapshot();
  engine.observeRow(paymentRows(set, [payment({ id: "old", occurredAtMs: START_MS - 37 * 86_400_000 })]), 0);
  expect(engine.snapshot()).toEqual(before);
});

test("a row holds the payment's numbers, codes of its texts and fingerprints of its ids", () => {
  const event = payment({
    id: "a",
    amountMinor: 99,
    channel: "ecommerce",
    latitude: 1,
    longitude: null,
    labelCursor: 7,
    deviceId: "dev_1",
    attributes: { v1: true, kind: 3 },
  });
  const rows = new PaymentRows(set, 2);
  rows.set(1, event);
  const at = rows.width;
  expect(rows.cells.subarray(0, at)).toEqual(new Float64Array(at));
  expect(rows.cells[at + CELL.logAmount]).toBe(Math.log1p(99));
  expect(rows.cells[at + CELL.latitude]).toBeNaN();
  expect([...rows.cells.subarray(at + CELL.categories, at + CELL.labelCursor)]).toEqual([
    Number.NaN,
    categoryCode("ecommerce"),
    Number.NaN,
    categoryCode("EUR"),
  ]);
  expect([...rows.cells.subarray(at + CELL.labelCursor)]).toEqual([7, 1, categoryCode("3")]);
  expect([...rows.present.subarray(6)]).toEqual([1, 1, 0, 1, 0, 0]);
  const device = fingerprint("dev_1");
  expect([...rows.halves.subarray(12 + 6, 12 + 8)]).toEqual([device.high, device.low]);
});

test("a text is forgotten when the next payment has none", () => {
  const rows = paymentRows(set, [
    payment({ id: "a", country: "DE" }),
    payment({ id: "b", country: null }),
    payment({ id: "c", country: "DE" }),
  ]);
  const codes = [0, 1, 2].map((row) => rows.cells[row * rows.width + CELL.categories + 2]);
  expect(codes).toEqual([categoryCode("DE"), Number.NaN, categoryCode("DE")]);
});
