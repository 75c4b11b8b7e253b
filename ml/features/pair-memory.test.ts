import { expect, test } from "vitest";
import { attributesFeatureSet, defaultFeatureSet } from "./default-set.ts";
import { PAIR_MEMORY_MS, PairMemory } from "./pair-memory.ts";
import { PaymentIds } from "./payment-ids.ts";
import { payment } from "./testing/payment.ts";

function ids(customerId: string, merchantId: string, deviceId: string | null = null): PaymentIds {
  const of = new PaymentIds();
  of.read(payment({ id: "pay_1", customerId, merchantId, deviceId }), null);
  return of;
}

function flags(memory: PairMemory, of: PaymentIds, nowMs: number): number[] {
  const out = new Float64Array(3);
  memory.load(of, nowMs, out, 0);
  return [...out];
}

test("only sets that ask about pairs remember any", () => {
  expect(new PairMemory(defaultFeatureSet).needed).toBe(true);
  expect(new PairMemory(attributesFeatureSet(["v1"])).needed).toBe(false);
});

test("each kind of pair is remembered on its own, and a missing id is missing", () => {
  const memory = new PairMemory(defaultFeatureSet);
  memory.observe(ids("a", "m", "d"), 1000, 1000);
  expect(flags(memory, ids("a", "m", "d"), 2000)).toEqual([1, 1, Number.NaN]);
  expect(flags(memory, ids("a", "d", "m"), 2000)).toEqual([0, 0, Number.NaN]);
  expect(flags(memory, ids("b", "m"), 2000)).toEqual([0, Number.NaN, Number.NaN]);
});

test("a late payment does not make a pair look older", () => {
  const memory = new PairMemory(defaultFeatureSet);
  memory.observe(ids("a", "m"), 5000, 5000);
  memory.observe(ids("a", "m"), 10, 5000);
  expect(flags(memory, ids("a", "m"), 4999 + PAIR_MEMORY_MS)[0]).toBe(1);
  expect(flags(memory, ids("a", "m"), 5000 + PAIR_MEMORY_MS)[0]).toBe(0);
});

test("rolling back forgets new pairs and gives known ones their time back", () => {
  const memory = new PairMemory(defaultFeatureSet);
  memory.observe(ids("a", "m"), 1000, 1000);
  memory.begin();
  for (const atMs of [2000, 3000]) memory.observe(ids("a", "m"), atMs, atMs);
  for (let n = 0; n < 1000; n++) memory.observe(ids("a", `new_${n}`), 4000, 4000);
  memory.rollback();
  expect(flags(memory, ids("a", "m"), 999 + PAIR_MEMORY_MS)[0]).toBe(1);
  expect(flags(memory, ids("a", "m"), 1000 + PAIR_MEMORY_MS)[0]).toBe(0);
  for (let n = 0; n < 1000; n++) expect(flags(memory, ids("a", `new_${n}`), 4000)[0]).toBe(0);
});

test("a batch long after the pairs does not forget them if it comes to nothing", () => {
  const memory = new PairMemory(defaultFeatureSet);
  for (let n = 0; n < 170; n++) memory.observe(ids("a", `mer_${n}`), 1000, 1000);
  memory.begin();
  for (let n = 0; n < 1000; n++) memory.observe(ids("b", `mer_${n}`), 1000 + 2 * PAIR_MEMORY_MS, 1000);
  memory.rollback();
  for (let n = 0; n < 170; n++) expect(flags(memory, ids("a", `mer_${n}`), 2000)[0]).toBe(1);
});
