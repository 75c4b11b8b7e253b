import { expect, test } from "vitest";
import { drawnTotals } from "./drawn-totals.ts";

/** 5,000 customers who cost 5 in measure 1 alone, 300 who cost 7 in both, 40 without anything. */
const sums = new Float64Array(2 * 5_340);
for (let c = 0; c < 5_000; c++) sums[2 * c + 1] = 5;
for (let c = 5_000; c < 5_300; c++) sums.fill(7, 2 * c, 2 * c + 2);

test("customers alike, drawn at once, spread as if each were drawn alone", () => {
  const { totals } = drawnTotals({ sums, measures: 2 }, { seed: 1, replicates: 4_000 });
  const of = (measure: number): { mean: number; variance: number } => {
    const values = totals.filter((_, at) => at % 2 === measure);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
  };
  expect(of(0).mean / 2_100).toBeCloseTo(1, 2);
  expect(of(1).mean / 27_100).toBeCloseTo(1, 2);
  expect(of(0).variance / (300 * 49)).toBeCloseTo(1, 0);
  expect(Math.abs(of(1).variance / (300 * 49 + 5_000 * 25) - 1)).toBeLessThan(0.08);
});

test("the same seed gives the same totals, and measures keep the pairing of who is drawn alone", () => {
  const clusters = { sums: sums.subarray(2 * 5_000), measures: 2 };
  const drawn = drawnTotals(clusters, { seed: 3, replicates: 50 });
  expect(drawn).toEqual(drawnTotals(clusters, { seed: 3, replicates: 50 }));
  for (let r = 0; r < 50; r++) expect(drawn.totals[2 * r]).toBe(drawn.totals[2 * r + 1]);
});
