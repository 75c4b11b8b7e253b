import fc from "fast-check";
import { expect, test } from "vitest";
import { bayesMinimumRisk, minimumRiskThreshold } from "./bayes-minimum-risk.ts";

const admin = { reviewCost: 500, frictionRate: 0, fnFixed: 0, fnRate: 1, unrecoveredRate: 0 };

test("with a review cost against the amount, the threshold is their ratio", () => {
  expect(minimumRiskThreshold(6671, admin)).toBeCloseTo(500 / 6671, 14);
});

test("decisions follow each row's own threshold, equal scores included, and their cost adds up", () => {
  const rows = { scores: [0.1, 0.1, 0.05], labels: [0, 1, 1], amountMinor: [5_000, 100_000, 5_000] };
  const { decisions, cost } = bayesMinimumRisk(rows, admin);
  expect(decisions.map(({ alert }) => alert)).toEqual([true, true, false]);
  expect(cost).toBe(500 + 500 + 5_000);
});

test("where catching the fraud gains nothing there is no threshold and no alert", () => {
  const hopeless = { reviewCost: 0, frictionRate: 0, fnFixed: 0, fnRate: 0.5, unrecoveredRate: 0.5 };
  expect(minimumRiskThreshold(1000, hopeless)).toBeNull();
  const { decisions } = bayesMinimumRisk({ scores: [1], labels: [1], amountMinor: [1000] }, hopeless);
  expect(decisions).toEqual([{ threshold: null, alert: false }]);
});

test("at the threshold alerting and passing cost the same in expectation", () => {
  const parameters = {
    reviewCost: 300,
    frictionRate: 0.05,
    fnFixed: 1500,
    fnRate: 1.2,
    unrecoveredRate: 0.1,
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (amount) => {
      const p = minimumRiskThreshold(amount, parameters) ?? Number.NaN;
      const alerting = p * (300 + 0.1 * amount) + (1 - p) * (300 + 0.05 * amount);
      const passing = p * (1500 + 1.2 * amount);
      expect(alerting / passing).toBeCloseTo(1, 9);
    }),
  );
});
