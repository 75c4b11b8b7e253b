import fc from "fast-check";
import { expect, test } from "vitest";
import { heatValues, pageOf } from "./feature-pages.ts";
import type { Drift } from "./types.ts";

test("a page that is not there is the nearest that is", () => {
  const rows = Array.from({ length: 41 }, (_, n) => n);
  expect(pageOf(rows, 2)).toMatchObject({ from: 20, number: 2, pages: 3 });
  expect(pageOf(rows, 99).rows).toEqual([40]);
  expect(pageOf(rows, -1).number).toBe(1);
  expect(pageOf([], 3)).toEqual({ rows: [], from: 0, number: 1, pages: 1 });
});

test("all pages together are all rows, once and in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 130 }), (rows) => {
      const { pages } = pageOf(rows, 1);
      const all = Array.from({ length: pages }, (_, at) => pageOf(rows, at + 1).rows).flat();
      expect(all).toEqual(rows);
    }),
  );
});

test("the file of the heat map has a line a feature and a column a week", () => {
  const feature = { name: "amount", text: "amount", importance: 0.2, limit: 0.1, psi: 0.3, moved: true };
  const view = {
    weeks: [{ week: "2026-11-02" }, { week: "2026-11-09" }],
    score: { ...feature, name: "score", importance: null, psiByWeek: [0.01, null] },
    features: [{ ...feature, psiByWeek: [0.2, 0.3] }],
  } as unknown as Drift;
  expect(heatValues(view)).toEqual({
    columns: ["Feature", "In words", "Importance", "Reading", "Limit", "2026-11-02", "2026-11-09"],
    rows: [
      ["score", "amount", null, "moved", 0.1, 0.01, null],
      ["amount", "amount", 0.2, "moved", 0.1, 0.2, 0.3],
    ],
  });
});
