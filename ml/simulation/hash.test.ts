import fc from "fast-check";
import { expect, test } from "vitest";
import { hash32, hashUnit, scrambledId, stretchOf, token } from "./hash.ts";

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

test("one 32-bit part with three zeros hashes as MurmurHash3 x86 32 of the 16 little-endian bytes", () => {
  expect(hash32(0)).toBe(murmur3([0, 0, 0, 0]));
  expect(hash32(1, 2, 3, 4)).toBe(murmur3([1, 2, 3, 4]));
  expect(hash32(-7, 2_000_000_000)).toBe(murmur3([-7, 2_000_000_000, 0, 0]));
});

test("hashes are unsigned 32-bit integers and the unit form is their fraction", () => {
  fc.assert(
    fc.property(int32, int32, (a, b) => {
      const hash = hash32(a, b);
      expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
      expect(hashUnit(a, b)).toBe(hash / 2 ** 32);
    }),
  );
});

test("the unit form spreads evenly over ten bins", () => {
  const counts = new Array<number>(10).fill(0);
  for (let n = 0; n < 20_000; n++) {
    const bin = Math.floor(hashUnit(n, 5) * 10);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

test("no token holds twelve digits, whatever it is made of", () => {
  fc.assert(
    fc.property(int32, int32, (a, b) => {
      const made = token("dev", a, b);
      expect(made).toMatch(/^dev_[0-9a-z]{1,11}$/);
    }),
  );
});

test("scrambled ids of a hundred thousand things are all different", () => {
  const ids = new Set(Array.from({ length: 100_000 }, (_, n) => scrambledId("cus", 9, n)));
  expect(ids.size).toBe(100_000);
});

test("a stretch contains its moment, and the next stretch begins where it ends", () => {
  fc.assert(
    fc.property(int32, fc.integer({ min: 0, max: 2e12 }), (key, atMs) => {
      const lengthMs = 86_400_000;
      const stretch = stretchOf(key, lengthMs, atMs);
      expect(atMs).toBeGreaterThanOrEqual(stretch.startMs);
      expect(atMs).toBeLessThan(stretch.startMs + lengthMs);
      expect(stretchOf(key, lengthMs, stretch.startMs + lengthMs).index).toBe(stretch.index + 1);
    }),
  );
});

/** Appleby's reference written plainly, with BigInt arithmetic, for whole 32-bit blocks. */
function murmur3(blocks: readonly number[]): number {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) & mask;
  let h = 0x9747b28cn;
  for (const block of blocks) {
    const k = (BigInt.asUintN(32, BigInt(block)) * 0xcc9e2d51n) & mask;
    h ^= (rotate(k, 15n) * 0x1b873593n) & mask;
    h = (rotate(h, 13n) * 5n + 0xe6546b64n) & mask;
  }
  h ^= BigInt(blocks.length * 4);
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return Number(h ^ (h >> 16n));
}
