import fc from "fast-check";
import { expect, test } from "vitest";
import { RegionPool, regionCapacity } from "./region-pool.ts";

test("capacities are powers of two that hold the cells", () => {
  expect([0, 1, 2, 3, 4, 5, 1000].map(regionCapacity)).toEqual([2, 2, 2, 4, 4, 8, 1024]);
});

test("regions in use never overlap, and released ones are handed out again", () => {
  const step = fc.record({ cells: fc.integer({ min: 1, max: 40 }), release: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const pool = new RegionPool(3);
      const held: { offset: number; capacity: number; mark: number }[] = [];
      steps.forEach(({ cells, release }, mark) => {
        const oldest = release ? held.shift() : undefined;
        if (oldest !== undefined) pool.release(oldest.offset, oldest.capacity);
        const capacity = regionCapacity(cells);
        const offset = pool.allocate(capacity);
        pool.data.fill(mark, offset * 3, (offset + capacity) * 3);
        held.push({ offset, capacity, mark });
      });
      for (const { offset, capacity, mark } of held) {
        expect(pool.data.slice(offset * 3, (offset + capacity) * 3).every((v) => v === mark)).toBe(true);
      }
    }),
  );
});

test("cells move between overlapping places", () => {
  const pool = new RegionPool(2);
  const offset = pool.allocate(4);
  pool.data.set([1, 1, 2, 2, 3, 3], offset * 2);
  pool.move(offset, offset + 1, 3);
  expect([...pool.data.slice(offset * 2, offset * 2 + 8)]).toEqual([1, 1, 1, 1, 2, 2, 3, 3]);
});

test("a restored pool hands out the places that the saved one would", () => {
  const pool = new RegionPool(1);
  const first = pool.allocate(4);
  pool.allocate(8);
  pool.release(first, 4);
  const restored = new RegionPool(1);
  restored.fromState(pool.toState());
  expect(restored.allocate(4)).toBe(pool.allocate(4));
  expect(restored.allocate(2)).toBe(pool.allocate(2));
});
