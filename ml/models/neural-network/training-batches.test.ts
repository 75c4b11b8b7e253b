import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { dropoutMask, epochSampler, gather, heNormal, shuffle } from "./training-batches.ts";

test("a shuffle keeps every row once and depends on the seed alone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (rows, seed) => {
      const [first, second] = [0, 1].map(() => {
        const order = Uint32Array.from({ length: rows }, (_, i) => i);
        shuffle(order, createRng(seed));
        return order;
      });
      expect(first).toEqual(second);
      expect([...(first ?? [])].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
    }),
  );
});

test("every place of a shuffle is equally likely", () => {
  const rng = createRng(3);
  const firstPlaces = new Array<number>(4).fill(0);
  for (let i = 0; i < 4000; i++) {
    const order = Uint32Array.of(0, 1, 2, 3);
    shuffle(order, rng);
    const first = order[0] ?? 0;
    firstPlaces[first] = (firstPlaces[first] ?? 0) + 1;
  }
  for (const count of firstPlaces) expect(Math.abs(count - 1000)).toBeLessThan(110); // 4 standard deviations
});

test("gathering copies the named rows in their order", () => {
  const matrix = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect([...gather(matrix, 2, Uint32Array.of(2, 0))]).toEqual([5, 6, 1, 2]);
  expect(gather(matrix, 2, Uint32Array.of())).toHaveLength(0);
});

test("dropout silences about its rate and keeps the expected sum", () => {
  const mask = dropoutMask(20_000, 0.25, createRng(1));
  const silenced = mask.filter((value) => value === 0).length / mask.length;
  expect(silenced).toBeCloseTo(0.25, 1);
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
});

test("starting weights have the deviation that ReLU needs", () => {
  const weights = heNormal(200, 50, createRng(1));
  const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
  expect(variance).toBeCloseTo(2 / 200, 3);
});

test("an epoch holds every fraud and its share of other rows, and a few epochs show them all", () => {
  const labels = Uint8Array.from({ length: 10_000 }, (_, row) => Number(row % 100 === 0));
  const sampler = epochSampler(labels, 3400, createRng(1));
  expect(sampler.keptShare).toBeCloseTo(3300 / 9900, 12);
  const seen = new Set<number>();
  for (let epoch = 0; epoch < 3; epoch++) {
    const rows = sampler.next();
    expect(rows).toHaveLength(3400);
    expect(new Set(rows).size).toBe(3400);
    expect(rows.filter((row) => labels[row] === 1)).toHaveLength(100);
    for (const row of rows) seen.add(row);
  }
  expect(seen.size).toBe(10_000);
});

test("an epoch is all rows when they fit, and never fewer legitimate rows than frauds", () => {
  for (const labels of [
    Uint8Array.of(0, 1, 0, 0),
    Uint8Array.of(0, 0, 0),
    Uint8Array.of(1, 1),
    new Uint8Array(0),
  ]) {
    const sampler = epochSampler(labels, 4, createRng(1));
    expect(sampler.keptShare).toBe(1);
    expect(sampler.next().toSorted()).toEqual(Uint32Array.from(labels.keys()));
  }
  const half = Uint8Array.from({ length: 100 }, (_, row) => Number(row < 40));
  expect(epochSampler(half, 10, createRng(1)).next()).toHaveLength(80);
});
