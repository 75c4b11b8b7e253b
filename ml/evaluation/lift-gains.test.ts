import fc from "fast-check";
import { expect, test } from "vitest";
import { decileGains, topK } from "./lift-gains.ts";

test("hits, precision, recall and lift of the highest scores", () => {
  const [two] = topK([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0], [2]);
  expect(two).toEqual({ k: 2, kEffective: 2, hits: 1, precision: 0.5, recall: 0.5, lift: 1 });
});

test("a group of ties cut by k contributes its expected hits", () => {
  const [two] = topK([0.9, 0.5, 0.5, 0.5], [1, 1, 0, 0], [2]);
  expect(two?.hits).toBeCloseTo(1 + 1 / 3, 14);
});

test("k beyond the rows counts all rows", () => {
  expect(topK([0.9, 0.1], [1, 0], [7])[0]).toMatchObject({ k: 7, kEffective: 2, hits: 1, lift: 1 });
});

test("without frauds recall and lift are null, without rows precision is too", () => {
  expect(topK([0.9, 0.1], [0, 0], [1])[0]).toMatchObject({ precision: 0, recall: null, lift: null });
  expect(topK([], [], [1])[0]).toMatchObject({ kEffective: 0, precision: null, recall: null });
});

test("deciles are cut at ceil(d n / 10)", () => {
  const scores = Array.from({ length: 12 }, (_, i) => i);
  const gains = decileGains(
    scores,
    scores.map((score) => (score > 9 ? 1 : 0)),
  );
  expect(gains.map((gain) => gain.k)).toEqual([2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
  expect(gains[0]).toEqual({ decile: 1, k: 2, gain: 1, lift: 6 });
  expect(gains[9]?.lift).toBe(1);
});

test("the order of rows never matters and hits never fall with k", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const ks = rows.map((_, i) => i + 1);
      const topOf = (list: typeof rows) =>
        topK(
          list.map(([score]) => score),
          list.map(([, label]) => label),
          ks,
        ).map((top) => top.hits);
      const hits = topOf(rows);
      expect(topOf([...rows].reverse())).toEqual(hits);
      hits.slice(1).forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual((hits[i] ?? Number.NaN) - 1e-12);
      });
    }),
  );
});

test("a k that is not a number of rows is refused", () => {
  expect(() => topK([0.5], [1], [0])).toThrow(RangeError);
  expect(() => topK([0.5], [1], [1.5])).toThrow(RangeError);
});
