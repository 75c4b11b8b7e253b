import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeOrder } from "./time-order.ts";

type Item = { readonly occurredAtMs: number; readonly place: number };

function ordered(items: readonly Item[], capacity: number, batch: number): { out: Item[]; late: number } {
  const order = new TimeOrder<Item>((item) => item, capacity);
  const out: Item[] = [];
  for (let from = 0; from < items.length; from += batch)
    out.push(...order.push(items.slice(from, from + batch)));
  out.push(...order.drain());
  return { out, late: order.late };
}

const itemsOf = (times: readonly number[]): Item[] =>
  times.map((occurredAtMs, place) => ({ occurredAtMs, place }));

test("what fits into the buffer comes out in order of time, equal times as they came", () => {
  const { out, late } = ordered(itemsOf([5, 1, 5, 3, 1]), 10, 2);
  expect(out.map(({ occurredAtMs, place }) => [occurredAtMs, place])).toEqual([
    [1, 1],
    [1, 4],
    [3, 3],
    [5, 0],
    [5, 2],
  ]);
  expect(late).toBe(0);
});

test("what comes too late is let through and counted", () => {
  const { out, late } = ordered(itemsOf([10, 20, 30, 40, 50, 60, 1]), 2, 1);
  expect(out.map((item) => item.occurredAtMs)).toEqual([10, 20, 30, 40, 1, 50, 60]);
  expect(late).toBe(1);
});

test("nothing is lost or doubled, memory stays bounded, and sorted input is left alone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 50 })),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 5 }),
      (times, capacity, batch) => {
        const items = itemsOf(times);
        const { out, late } = ordered(items, capacity, batch);
        expect(out.map((item) => item.place).sort((a, b) => a - b)).toEqual(items.map((item) => item.place));
        const inversions = out.filter(
          (item, i) => item.occurredAtMs < Math.max(0, ...out.slice(0, i).map((o) => o.occurredAtMs)),
        );
        expect(late).toBe(inversions.length);
        const sorted = itemsOf([...times].sort((a, b) => a - b));
        expect(ordered(sorted, capacity, batch)).toEqual({ out: sorted, late: 0 });
      },
    ),
  );
});
