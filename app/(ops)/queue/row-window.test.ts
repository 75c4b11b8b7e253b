import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsInPage, scrollToRow } from "./row-window.ts";

const places = { top: 200, rowPx: 48, scrollY: 0, height: 800 };
const covered = { above: 110, below: 96 };

test("the page holds the rows in view and ten more on either side", () => {
  expect(rowsInPage(places, 1000)).toEqual({ first: 0, end: 23 });
  expect(rowsInPage({ ...places, scrollY: 200 + 48 * 100 }, 1000)).toEqual({ first: 90, end: 127 });
  expect(rowsInPage(places, 5)).toEqual({ first: 0, end: 5 });
  expect(rowsInPage({ ...places, scrollY: 1_000_000 }, 1000)).toEqual({ first: 1000, end: 1000 });
});

test("a row that is covered or out of view is scrolled to, and one that shows is left where it is", () => {
  expect(scrollToRow({ ...places, scrollY: 5000 }, 0, covered)).toBe(90);
  expect(scrollToRow(places, 3, covered)).toBeNull();
  expect(scrollToRow(places, 20, covered)).toBe(200 + 21 * 48 + 96 - 800);
});

test("wherever it is scrolled to, the row is then in the page and stands clear", () => {
  const scrolls = fc.integer({ min: 0, max: 50_000 });
  const rows = fc.integer({ min: 0, max: 999 });
  fc.assert(
    fc.property(scrolls, rows, (scrollY, index) => {
      const to = scrollToRow({ ...places, scrollY }, index, covered) ?? scrollY;
      const { first, end } = rowsInPage({ ...places, scrollY: to }, 1000);
      expect(first <= index && index < end).toBe(true);
      expect(scrollToRow({ ...places, scrollY: to }, index, covered) ?? to).toBe(to);
    }),
  );
});
