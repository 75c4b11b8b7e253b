import type { SeriesName } from "./alert.ts";

/** day: closed days, UTC; week: closed weeks from Monday; moment: how it stands now, which has no windows before. */
type SeriesEvery = "day" | "week" | "moment";
type SeriesUnit = "share" | "count" | "minutes" | "minor";

type SeriesInfo = {
  readonly label: string;
  readonly unit: SeriesUnit;
  readonly every: SeriesEvery;
  /** what the sample counts */
  readonly of: string;
};

/** Every series that a rule can be about, in words. */
export const seriesInfo: Readonly<Record<SeriesName, SeriesInfo>> = {
  review_share: { label: "Share sent to review", unit: "share", every: "day", of: "payments" },
  decline_share: { label: "Share declined", unit: "share", every: "day", of: "payments" },
  failed_share: { label: "Share without a score", unit: "share", every: "day", of: "payments" },
  broken_features: {
    label: "Features missing, unseen or out of range unlike before",
    unit: "count",
    every: "day",
    of: "payments",
  },
  scored_payments: { label: "Payments decided", unit: "count", every: "day", of: "payments" },
  idle_minutes: {
    label: "Minutes since the last decision",
    unit: "minutes",
    every: "moment",
    of: "decisions",
  },
  open_cases: { label: "Open cases", unit: "count", every: "moment", of: "cases" },
  overdue_cases: {
    label: "Open cases past their promised time",
    unit: "count",
    every: "moment",
    of: "cases",
  },
  drift_impact: {
    label: "Alerts of drift: recall, cost, case load",
    unit: "count",
    every: "week",
    of: "payments",
  },
  drift_labels: {
    label: "Alerts of drift: share of fraud, delay of labels",
    unit: "count",
    every: "week",
    of: "payments",
  },
  drift_features: { label: "Alerts of drift: features", unit: "count", every: "week", of: "payments" },
  drift_quality: {
    label: "Alerts of drift: missing, unseen, out of range",
    unit: "count",
    every: "week",
    of: "payments",
  },
  drift_outside: {
    label: "Watched figures outside what is usual",
    unit: "count",
    every: "week",
    of: "payments",
  },
  features_moved: { label: "Features that moved", unit: "count", every: "week", of: "payments" },
  estimated_recall: { label: "Recall, estimated", unit: "share", every: "week", of: "payments" },
  estimated_cost: {
    label: "Expected cost of a payment, in minor units",
    unit: "minor",
    every: "week",
    of: "payments",
  },
  realised_recall: {
    label: "Recall on mature labels",
    unit: "share",
    every: "week",
    of: "known frauds, by weight",
  },
  realised_precision: {
    label: "Precision on mature labels",
    unit: "share",
    every: "week",
    of: "known alerts, by weight",
  },
  guardrail_breaches: { label: "Guardrails broken", unit: "count", every: "day", of: "breaches" },
  webhook_failures: {
    label: "Deliveries that keep failing",
    unit: "count",
    every: "moment",
    of: "deliveries",
  },
};

const fractionDigits = 1;

/** A value of a series with its unit; "–" for undefined. */
export function seriesValue(name: SeriesName, value: number | null): string {
  if (value === null) return "–";
  const { unit } = seriesInfo[name];
  if (unit === "share") return `${(value * 100).toFixed(fractionDigits)} %`;
  const text = Number.isInteger(value) ? String(value) : value.toFixed(fractionDigits);
  return unit === "minutes" ? `${text} min` : text;
}
