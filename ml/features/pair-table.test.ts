import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprint, fingerprintNumber } from "./fingerprint.ts";
import { type Pair, PairTable, writePair } from "./pair-table.ts";
import { copyState } from "./testing/copy-state.ts";

/** High and low of the pair of two numbered ids. */
function pair(a: number, b: number): [number, number] {
  const [first, second] = [fingerprint(`id_${a}`), fingerprint(`id_${b}`)];
  const out: Pair = { high: 0, low: 0 };
  writePair(Int32Array.of(first.high, first.low, second.high, second.low), 0, 1, out);
  return [out.high, out.low];
}

test("a pair never seen is NaN, and the order of its ids matters", () => {
  const table = new PairTable();
  table.set(...pair(1, 2), 5, Number.NEGATIVE_INFINITY);
  expect(table.get(...pair(1, 2))).toBe(5);
  expect(table.get(...pair(2, 1))).toBeNaN();
});

test("the table answers as a map would, under growth and removal", () => {
  const step = fc.record({ a: fc.nat(40), b: fc.nat(40), at: fc.nat(1000), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const table = new PairTable();
      const map = new Map<string, number>();
      for (const { a, b, at, remove } of steps) {
        if (remove) {
          table.delete(...pair(a, b));
          map.delete(`${a}-${b}`);
        } else {
          table.set(...pair(a, b), at, Number.NEGATIVE_INFINITY);
          map.set(`${a}-${b}`, at);
        }
      }
      expect(table.size).toBe(map.size);
      for (let a = 0; a <= 40; a++) {
        for (let b = 0; b <= 40; b += 7)
          expect(table.get(...pair(a, b))).toBe(map.get(`${a}-${b}`) ?? Number.NaN);
      }
    }),
    { numRuns: 30 },
  );
});

test("pairs out of memory's reach make room for new ones", () => {
  const table = new PairTable();
  for (let n = 0; n < 100_000; n++) table.set(...pair(n, n + 1), n, n - 100);
  expect(table.bytes).toBeLessThanOrEqual(1024 * 16);
  expect(table.get(...pair(99_999, 100_000))).toBe(99_999);
  expect(table.get(...pair(99_950, 99_951))).toBe(99_950);
});

test("a restored table goes on as the saved one", () => {
  const table = new PairTable();
  for (let n = 0; n < 500; n++) table.set(...pair(n, 0), n, Number.NEGATIVE_INFINITY);
  const restored = new PairTable();
  copyState(table, restored);
  table.set(...pair(0, 0), 77, Number.NEGATIVE_INFINITY);
  expect(restored.get(...pair(0, 0))).toBe(0);
  expect(restored.get(...pair(499, 0))).toBe(499);
  expect(restored.size).toBe(500);
});

test("fingerprints of a million ids differ, also in their 53-bit number", () => {
  const numbers = new Set<number>();
  for (let n = 0; n < 1_000_000; n++) {
    const { high, low } = fingerprint(`cus_${n}`);
    numbers.add(fingerprintNumber(high, low));
  }
  expect(numbers.size).toBe(1_000_000);
  expect([...numbers].every(Number.isSafeInteger)).toBe(true);
});
