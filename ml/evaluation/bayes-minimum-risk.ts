import { type CostParameters, type CostRows, caughtCost, falseAlertCost, missedCost } from "./cost-curve.ts";
import { checkRows } from "./ranked-counts.ts";

export type RiskDecision = { readonly threshold: number | null; readonly alert: boolean };

/**
 * The probability of fraud from which alerting one row is cheaper than passing it (Elkan 2001, Bahnsen et al. 2014):
 * (c_fp - c_tn) / (c_fn - c_tn - c_tp + c_fp), with c_tn = 0. Null, and never an alert, when catching the fraud
 * brings no gain (denominator not above 0).
 */
export function minimumRiskThreshold(amountMinor: number, parameters: CostParameters): number | null {
  const falseAlert = falseAlertCost(amountMinor, parameters);
  const gain = missedCost(amountMinor, parameters) - caughtCost(amountMinor, parameters) + falseAlert;
  return gain <= 0 ? null : falseAlert / gain;
}

/** Per-row minimum-risk decisions and what they would have cost in all. `scores` are probabilities. O(n). */
export function bayesMinimumRisk(
  { scores, labels, amountMinor }: CostRows,
  parameters: CostParameters,
): { readonly decisions: readonly RiskDecision[]; readonly cost: number } {
  checkRows(scores, labels, amountMinor);
  let cost = 0;
  const decisions = Array.from(amountMinor, (amount, i) => {
    const threshold = minimumRiskThreshold(amount, parameters);
    const alert = threshold !== null && (scores[i] ?? Number.NaN) >= threshold;
    const isFraud = labels[i] === 1;
    if (alert) cost += isFraud ? caughtCost(amount, parameters) : falseAlertCost(amount, parameters);
    else if (isFraud) cost += missedCost(amount, parameters);
    return { threshold, alert };
  });
  return { decisions, cost };
}
