import { expect, test } from "vitest";
import { defaultPolicy } from "#server/domain/policy.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { rowsOf } from "#server/services/analysis/testing/rows-of.ts";
import { byCustomer } from "./by-customer.ts";
import { curveBands } from "./curve-bands.ts";

const options = { seed: 1, replicates: 400 };
const rows = rowsOf(
  Array.from({ length: 600 }, (_, i) => ({
    score: ((i * 37) % 600) / 600,
    label: (i * 37) % 600 > 450 ? 1 : 2,
    customer: 1 + (i % 120),
    amountMinor: 5_000 + ((i * 613) % 9_000),
  })),
);
const classes = classifyRows(rows, { matureBefore: new Date(10 ** 10), basis: "mature" });
const input = { rows, classes, currency: 1, costAt: () => defaultPolicy.cost };

/** Cost of acting from a threshold on, row by row. */
function costOf(threshold: number | null, action: "review" | "decline"): number {
  const { score, amountMinor } = rows.columns;
  const { cost } = defaultPolicy;
  let sum = 0;
  for (let i = 0; i < rows.rows; i++) {
    const loss = (amountMinor[i] ?? 0) + cost.chargebackFeeMinor;
    const isFraud = classes[i] === 1;
    const acted = threshold !== null && (score[i] ?? 0) >= threshold;
    if (!acted) sum += isFraud ? loss : 0;
    else if (action === "review") sum += 400 + (isFraud ? 0.1 * loss : 100);
    else sum += isFraud ? 0 : 0.1 * (amountMinor[i] ?? 0) + 1_500;
  }
  return sum;
}

test("each band holds the cost of its threshold and is centred on it", () => {
  const thresholds = [null, 0.9, 0.5, 0.2];
  const bands = curveBands(input, thresholds, options);
  for (const [at, threshold] of thresholds.entries()) {
    for (const action of ["review", "decline"] as const) {
      const [cost, band] = [costOf(threshold, action), bands[at]?.[action]];
      expect(band?.lower).toBeLessThan(cost);
      expect(band?.upper).toBeGreaterThan(cost);
      const middle = ((band?.lower ?? 0) + (band?.upper ?? 0)) / 2;
      expect(Math.abs(middle / cost - 1)).toBeLessThan(0.06);
    }
  }
  expect(bands[0]?.review).toEqual(bands[0]?.decline);
});

test("payments of one customer are drawn together: fewer customers, wider bands", () => {
  const few = { ...rows, columns: { ...rows.columns, customer: rows.columns.customer.map((c) => c % 12) } };
  const width = (of: typeof input): number => {
    const [band] = curveBands(of, [0.7], options);
    return (band?.review?.upper ?? 0) - (band?.review?.lower ?? 0);
  };
  expect(width({ ...input, rows: few })).toBeGreaterThan(1.3 * width(input));
});

test("the same seed gives the same bands; no rows cost nothing", () => {
  expect(curveBands(input, [0.5], options)).toEqual(curveBands(input, [0.5], options));
  const none = { ...input, rows: rowsOf([]), classes: new Uint8Array(0) };
  expect(curveBands(none, [0.5], options)).toEqual([
    { review: { lower: 0, upper: 0 }, decline: { lower: 0, upper: 0 } },
  ]);
});

test("rows come customer by customer, in their order, and only those that match", () => {
  const parts = [...byCustomer(Uint32Array.of(3, 1, 3, 7, 1), (row) => row !== 3)];
  expect(parts.map((part) => [...part])).toEqual([
    [1, 4],
    [0, 2],
  ]);
});
