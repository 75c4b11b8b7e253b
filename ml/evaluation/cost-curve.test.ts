import fc from "fast-check";
import { expect, test } from "vitest";
import { costCurve } from "./cost-curve.ts";

const parameters = { reviewCost: 300, frictionRate: 0.05, fnFixed: 1500, fnRate: 1.2, unrecoveredRate: 0.1 };
const flat = { reviewCost: 100, frictionRate: 0, fnFixed: 300, fnRate: 0, unrecoveredRate: 0 };

test("a worked example: each row costs what its outcome says", () => {
  const rows = { scores: [0.9, 0.4], labels: [1, 0], amountMinor: [10_000, 2_000] };
  const result = costCurve(rows, parameters);
  expect(result.curve).toEqual([
    { threshold: null, alerts: 0, cost: 13_500 },
    { threshold: 0.9, alerts: 1, cost: 1_300 },
    { threshold: 0.4, alerts: 2, cost: 1_700 },
  ]);
  expect(result).toMatchObject({ optimalThreshold: 0.9, costAlertNone: 13_500, costAlertAll: 1_700 });
  expect(result.savings).toBeCloseTo(1 - 1_300 / 1_700, 14);
});

test("of equally cheap thresholds the one with the fewest alerts wins", () => {
  const rows = { scores: [0.9, 0.8, 0.7, 0.6], labels: [1, 0, 0, 1], amountMinor: [500, 500, 500, 500] };
  const result = costCurve(rows, flat);
  expect(result.curve.map((point) => point.cost)).toEqual([600, 400, 500, 600, 400]);
  expect(result.optimalThreshold).toBe(0.9);
});

test("when review is dearer than fraud nothing is alerted", () => {
  const rows = { scores: [0.9, 0.1], labels: [1, 0], amountMinor: [10, 10] };
  const result = costCurve(rows, { ...flat, fnFixed: 0, fnRate: 1 });
  expect(result).toMatchObject({ optimalThreshold: null, optimalCost: 10, savings: 0 });
});

test("savings are null when doing nothing costs nothing, and no rows cost nothing", () => {
  expect(costCurve({ scores: [0.5], labels: [0], amountMinor: [10] }, flat).savings).toBeNull();
  expect(costCurve({ scores: [], labels: [], amountMinor: [] }, flat)).toMatchObject({
    curve: [{ threshold: null, alerts: 0, cost: 0 }],
    savings: null,
  });
});

const row = fc.record({
  score: fc.integer({ min: 0, max: 6 }),
  label: fc.integer({ min: 0, max: 1 }),
  amount: fc.integer({ min: 0, max: 1_000_000 }),
});

test("every point equals the sum over rows at its threshold", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const result = costCurve(
        {
          scores: rows.map(({ score }) => score),
          labels: rows.map(({ label }) => label),
          amountMinor: rows.map(({ amount }) => amount),
        },
        parameters,
      );
      for (const { threshold, cost } of result.curve) {
        const expected = rows.reduce((sum, { score, label, amount }) => {
          const alert = threshold !== null && score >= threshold;
          if (alert) return sum + 300 + (label === 1 ? 0.1 : 0.05) * amount;
          return sum + (label === 1 ? 1500 + 1.2 * amount : 0);
        }, 0);
        expect(cost).toBeCloseTo(expected, 5);
      }
      expect(result.optimalCost).toBeLessThanOrEqual(
        Math.min(result.costAlertNone, result.costAlertAll) + 1e-9,
      );
    }),
  );
});

test("rows without an amount are refused", () => {
  expect(() => costCurve({ scores: [0.5], labels: [1], amountMinor: [] }, flat)).toThrow(RangeError);
});
