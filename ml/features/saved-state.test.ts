import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "./default-set.ts";
import { createFeatureEngine, type FeatureEngine } from "./engine.ts";
import { bytesOf, emptyArray, StateReader, StateWriter } from "./saved-state.ts";
import { labelOf } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

function busyEngine(payments: number): FeatureEngine {
  const engine = createFeatureEngine(defaultFeatureSet);
  for (let i = 0; i < payments; i++) {
    const event = payment({
      id: `pay_${i}`,
      occurredAtMs: START_MS + i * 60_000,
      customerId: `cus_${i % 300}`,
      deviceId: `dev_${i % 700}`,
      country: "DE",
    });
    engine.observe(event);
    if (i % 10 === 0) engine.applyLabel(labelOf(event, event.occurredAtMs + 1000, i % 20 === 0));
  }
  return engine;
}

test("arrays come back as they were written, byte for byte, with room only where they grow", () => {
  fc.assert(
    fc.property(fc.float64Array(), fc.int32Array(), fc.boolean(), (floats, ints, grows) => {
      const out = new StateWriter();
      out.floats(Float64Array.from(floats), grows);
      out.ints(Int32Array.from(ints));
      out.numbers(1, Number.NEGATIVE_INFINITY);
      const read = out.arrays.map((array) => {
        const copy = emptyArray(array);
        bytesOf(copy).set(bytesOf(array));
        return copy;
      });
      const from = new StateReader(read);
      const back = from.floats();
      expect(back.subarray(0, floats.length)).toEqual(floats);
      expect(back.length - floats.length).toBe(grows ? Math.ceil(floats.length / 8) : 0);
      expect(from.ints()).toEqual(ints);
      expect([...from.floats()]).toEqual([1, Number.NEGATIVE_INFINITY]);
      from.end();
    }),
  );
});

test("arrays of another kind, too few, or too many are refused", () => {
  const out = new StateWriter();
  out.ints(Int32Array.of(1));
  expect(() => new StateReader(out.arrays).floats()).toThrow("integers where numbers belong");
  expect(() => new StateReader([]).ints()).toThrow("too short");
  expect(() => new StateReader(out.arrays).end()).toThrow("too long");
  out.numbers(1);
  expect(() => new StateReader(out.arrays.slice(1)).ints()).toThrow("numbers where integers belong");
  const other = createFeatureEngine(handbookFeatureSet);
  expect(() => other.load(busyEngine(5).save())).toThrow(RangeError);
});

test("an engine that takes over saved arrays goes on as the one that saved them, through growth and eviction", () => {
  const engine = busyEngine(2_000);
  const other = createFeatureEngine(defaultFeatureSet);
  other.load(
    engine.save().map((array) => {
      const copy = emptyArray(array);
      bytesOf(copy).set(bytesOf(array));
      return copy;
    }),
  );
  for (let i = 0; i < 3_000; i++) {
    const event = payment({
      id: `later_${i}`,
      occurredAtMs: START_MS + i * 3_600_000,
      customerId: `cus_${(i * 7) % 900}`,
      deviceId: `dev_${i % 1100}`,
    });
    for (const e of [engine, other]) e.observe(event);
  }
  expect(Buffer.compare(other.snapshot(), engine.snapshot())).toBe(0);
});

test("the bytes told are those of every kind together, at least what is saved, and not much more", () => {
  const engine = busyEngine(5_000);
  const told = engine.memory();
  expect(told.find(({ kind }) => kind === "customer")?.count).toBe(300);
  expect(told.find(({ kind }) => kind === "device")?.count).toBe(700);
  expect(told.find(({ kind }) => kind === "labels")?.count).toBe(500);
  expect(engine.bytes()).toBe(told.reduce((total, { bytes }) => total + bytes, 0));
  const saved = engine.save().reduce((total, array) => total + bytesOf(array).length, 0);
  expect(engine.bytes()).toBeGreaterThanOrEqual(saved * 0.95); // lists of what is free are packed when saved
  expect(engine.bytes()).toBeLessThan(saved * 2.5);
});
