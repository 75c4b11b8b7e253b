import { z } from "zod";

export const severities = ["info", "warning", "critical"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export const seriesNames = [
  "review_share",
  "decline_share",
  "failed_share",
  "broken_features",
  "scored_payments",
  "idle_minutes",
  "open_cases",
  "overdue_cases",
  "drift_impact",
  "drift_labels",
  "drift_features",
  "drift_quality",
  "drift_outside",
  "features_moved",
  "estimated_recall",
  "estimated_cost",
  "realised_recall",
  "realised_precision",
  "guardrail_breaches",
  "webhook_failures",
] as const;
export const SeriesName = z.enum(seriesNames);
export type SeriesName = z.infer<typeof SeriesName>;

/** One window of a series. Undefined values are null; the interval is null where there is none. */
export const SeriesPoint = z.object({
  /** its start, ISO 8601 UTC */
  at: z.string(),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** how many payments, cases or events the value is of */
  sample: z.number(),
  /** what the value counts, in words; absent where the value says it all */
  note: z.string().optional(),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

/**
 * threshold: beyond `limit`. change: beyond `limit` as a share of the value seven days before. absence: nothing there.
 */
export const AlertRuleBody = z.strictObject({
  name: z.string().trim().min(1).max(120),
  series: SeriesName,
  kind: z.enum(["threshold", "change", "absence"]),
  direction: z.enum(["above", "below"]).default("above"),
  limit: z.number().finite().min(-1e12).max(1e12).default(0),
  /** consecutive windows that must all be beyond it */
  windows: z.int().min(1).max(8).default(1),
  /** a window of fewer is not judged */
  leastSample: z.int().min(0).max(1_000_000).default(0),
  /** hours after an alert ended in which the rule raises no other */
  cooldownHours: z.int().min(0).max(720).default(24),
  severity: Severity,
  /** asks for a training when it fires, where the settings of retraining let alerts ask */
  retrains: z.boolean().default(false),
});
export type AlertRuleBody = z.infer<typeof AlertRuleBody>;

/** What an alert keeps of what fired, so that it can be shown when the series has moved on. */
export const AlertEvidence = z.object({
  series: SeriesName,
  points: z.array(SeriesPoint),
  kind: AlertRuleBody.shape.kind,
  direction: AlertRuleBody.shape.direction,
  /** on the scale of the series; null for a rule of absence */
  limit: z.number().nullable(),
  /** start of the first window that fired */
  from: z.string(),
});
export type AlertEvidence = z.infer<typeof AlertEvidence>;

export const AlertState = z.enum(["open", "acknowledged", "resolved"]);
export type AlertState = z.infer<typeof AlertState>;
