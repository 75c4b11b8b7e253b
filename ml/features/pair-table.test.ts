import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprint, fingerprintNumber } from "./fingerprint.ts";
import { PairTable } from "./pair-table.ts";

const id = (n: number) => fingerprint(`id_${n}`);

test("a pair never seen is NaN, and the order of its ids matters", () => {
  const table = new PairTable();
  table.set(id(1), id(2), 5, Number.NEGATIVE_INFINITY);
  expect(table.get(id(1), id(2))).toBe(5);
  expect(table.get(id(2), id(1))).toBeNaN();
});

test("the table answers as a map would, under growth and removal", () => {
  const step = fc.record({ a: fc.nat(40), b: fc.nat(40), at: fc.nat(1000), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const table = new PairTable();
      const map = new Map<string, number>();
      for (const { a, b, at, remove } of steps) {
        if (remove) {
          table.delete(id(a), id(b));
          map.delete(`${a}-${b}`);
        } else {
          table.set(id(a), id(b), at, Number.NEGATIVE_INFINITY);
          map.set(`${a}-${b}`, at);
        }
      }
      expect(table.size).toBe(map.size);
      for (let a = 0; a <= 40; a++) {
        for (let b = 0; b <= 40; b += 7)
          expect(table.get(id(a), id(b))).toBe(map.get(`${a}-${b}`) ?? Number.NaN);
      }
    }),
    { numRuns: 30 },
  );
});

test("pairs out of memory's reach make room for new ones", () => {
  const table = new PairTable();
  for (let n = 0; n < 100_000; n++) table.set(id(n), id(n + 1), n, n - 100);
  expect(table.toState().seenAt.length).toBeLessThanOrEqual(1024);
  expect(table.get(id(99_999), id(100_000))).toBe(99_999);
  expect(table.get(id(99_950), id(99_951))).toBe(99_950);
});

test("a restored table goes on as the saved one", () => {
  const table = new PairTable();
  for (let n = 0; n < 500; n++) table.set(id(n), id(0), n, Number.NEGATIVE_INFINITY);
  const restored = new PairTable();
  restored.fromState(table.toState());
  table.set(id(0), id(0), 77, Number.NEGATIVE_INFINITY);
  expect(restored.get(id(0), id(0))).toBe(0);
  expect(restored.get(id(499), id(0))).toBe(499);
  expect(restored.size).toBe(500);
});

test("fingerprints of a million ids differ, also in their 53-bit number", () => {
  const numbers = new Set<number>();
  for (let n = 0; n < 1_000_000; n++) numbers.add(fingerprintNumber(fingerprint(`cus_${n}`)));
  expect(numbers.size).toBe(1_000_000);
  expect([...numbers].every(Number.isSafeInteger)).toBe(true);
});
