import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS } from "#server/domain/day.ts";
import { fraudsOf, partBetween, partIn, partOfFiles, spanning, withoutKnownCards } from "./part.ts";
import { evenHistory, historyOf } from "./testing/history-of.ts";

const days = (from: number, to: number): { fromMs: number; toMs: number } => ({
  fromMs: from * DAY_MS,
  toMs: to * DAY_MS,
});

test("a span of time holds its payments, as far as their labels are known in time", () => {
  const history = evenHistory(6, 1);
  expect([...partIn(history, days(1, 4), { gapDays: 2 }).positions]).toEqual([1, 2, 3]);
  const known = partIn(history, days(1, 4), { gapDays: 2, labelledByMs: 5 * DAY_MS });
  expect([...known.positions]).toEqual([1, 2]);
  expect(known.window).toEqual(days(1, 4));
});

test("shares and files are told by position, and their window is what they span", () => {
  const history = evenHistory(6, 1);
  const part = partBetween(history, 1, 3);
  expect([...part.positions]).toEqual([1, 2]);
  expect(part.window).toEqual({ fromMs: 1.5 * DAY_MS, toMs: 2.5 * DAY_MS + 1 });
  const two = { ...history, files: Uint8Array.of(0, 0, 1, 0, 1, 2) };
  expect([...partOfFiles(two, 0, 1).positions]).toEqual([0, 1, 3]);
  expect([...partOfFiles(two, 1, 3).positions]).toEqual([2, 4, 5]);
});

test("the parts of a split share no payment and miss none", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat({ max: 50 }), (count, cut) => {
      const history = evenHistory(count, 1);
      const [before, after] = [partBetween(history, 0, cut), partBetween(history, cut, count)];
      expect([...before.positions, ...after.positions]).toEqual([...history.times.keys()]);
    }),
  );
});

test("a card leaves once a fraud of it since the given time is known, and not before", () => {
  const history = historyOf([
    [0, 7, true],
    [2, 8, true],
    [2, 9, false],
    [5, 8, false],
    [6, 7, false],
    [6, 8, false],
    [6, 9, false],
  ]);
  const all = spanning(history, Uint32Array.of(3, 4, 5, 6));
  const kept = withoutKnownCards(history, all, { sinceMs: DAY_MS, gapDays: 3 });
  expect([...kept.positions]).toEqual([3, 4, 6]);
  expect(kept.window).toBe(all.window);
});

test("frauds of a part are counted", () => {
  const history = evenHistory(3, 4);
  expect(fraudsOf(history, partBetween(history, 1, 9))).toBe(2);
  expect(fraudsOf(history, partBetween(history, 1, 1))).toBe(0);
});
