import fc from "fast-check";
import { expect, test } from "vitest";
import { RegionPool, regionCapacity } from "./region-pool.ts";
import { copyState } from "./testing/copy-state.ts";

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

test("a restored pool hands out the places that the saved one would", () => {
  const pool = new RegionPool(1);
  const first = pool.allocate(4);
  pool.allocate(8);
  pool.release(first, 4);
  const restored = new RegionPool(1);
  copyState(pool, restored);
  expect(restored.allocate(4)).toBe(pool.allocate(4));
  expect(restored.allocate(2)).toBe(pool.allocate(2));
});

test("a batch that comes to nothing gives every region back as it was", () => {
  const step = fc.record({ cells: fc.integer({ min: 1, max: 9 }), kind: fc.nat(2) });
  const steps = fc.array(step, { maxLength: 60 });
  fc.assert(
    fc.property(steps, steps, (before, undone) => {
      const pool = new RegionPool(2);
      const held: { offset: number; capacity: number }[] = [];
      let mark = 0;
      const apply = (list: typeof held, { cells, kind }: { cells: number; kind: number }) => {
        mark++;
        const region = list[mark % Math.max(1, list.length)];
        if (kind === 0 && region !== undefined) {
          list.splice(list.indexOf(region), 1);
          pool.release(region.offset, region.capacity);
        } else if (kind === 1 && region !== undefined) {
          pool.touch(region.offset, 1);
          pool.data.fill(mark, region.offset * 2, region.offset * 2 + 2);
        } else {
          const capacity = regionCapacity(cells);
          const offset = pool.allocate(capacity);
          pool.data.fill(mark, offset * 2, (offset + capacity) * 2);
          list.push({ offset, capacity });
        }
      };
      for (const s of before) apply(held, s);
      const contents = () =>
        held.map(({ offset, capacity }) => [...pool.data.slice(offset * 2, (offset + capacity) * 2)]);
      const wanted = contents();
      pool.begin();
      const changed = [...held];
      for (const s of undone) apply(changed, s);
      pool.rollback();
      expect(contents()).toEqual(wanted);
      for (let i = 0; i < 60; i++) held.push({ offset: pool.allocate(2), capacity: 2 });
      const cells = held.flatMap(({ offset, capacity }) =>
        Array.from({ length: capacity }, (_, i) => offset + i),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }),
  );
});
