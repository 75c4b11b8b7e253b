import type { Database } from "#server/db/client.ts";
import { AlertRuleBody } from "#server/domain/alert.ts";

/** An alert of drift rests on several weeks by itself. */
const ofDrift = { kind: "threshold", limit: 0, leastSample: 500, cooldownHours: 168 } as const;

/** Few, and of what costs money: each can be changed or switched off. */
const defaults: readonly { readonly key: string; readonly rule: unknown }[] = [
  {
    key: "failed_share",
    rule: {
      name: "Payments without a score",
      series: "failed_share",
      kind: "threshold",
      limit: 0.01,
      leastSample: 100,
      severity: "critical",
    },
  },
  {
    key: "no_payments",
    rule: {
      name: "A day without payments",
      series: "scored_payments",
      kind: "absence",
      severity: "critical",
    },
  },
  {
    key: "idle",
    rule: {
      name: "No decision for an hour",
      series: "idle_minutes",
      kind: "threshold",
      limit: 60,
      severity: "warning",
    },
  },
  {
    key: "volume_fell",
    rule: {
      name: "Half the payments of a week ago",
      series: "scored_payments",
      kind: "change",
      direction: "below",
      limit: 0.5,
      leastSample: 100,
      severity: "warning",
    },
  },
  {
    key: "review_share_rose",
    rule: {
      name: "Reviews half up on a week ago",
      series: "review_share",
      kind: "change",
      limit: 0.5,
      windows: 2,
      leastSample: 500,
      severity: "warning",
    },
  },
  {
    key: "decline_share_rose",
    rule: {
      name: "Declines half up on a week ago",
      series: "decline_share",
      kind: "change",
      limit: 0.5,
      windows: 2,
      leastSample: 500,
      severity: "warning",
    },
  },
  ...[
    {
      key: "drift_impact",
      name: "Drift: recall, cost or case load",
      series: "drift_impact",
      severity: "critical",
      retrains: true,
    },
    {
      key: "drift_labels",
      name: "Drift: share of fraud or delay of labels",
      series: "drift_labels",
      severity: "warning",
      retrains: true,
    },
    { key: "drift_features", name: "Drift: features", series: "drift_features", severity: "warning" },
    { key: "drift_quality", name: "Drift: data served", series: "drift_quality", severity: "warning" },
  ].map(({ key, ...rule }) => ({ key, rule: { ...ofDrift, ...rule } })),
  {
    key: "broken_features",
    rule: {
      name: "A day of features unlike before",
      series: "broken_features",
      kind: "threshold",
      limit: 0,
      leastSample: 500,
      severity: "critical",
    },
  },
  {
    key: "realised_recall",
    rule: {
      name: "Recall under a half on mature labels",
      series: "realised_recall",
      kind: "threshold",
      direction: "below",
      limit: 0.5,
      windows: 2,
      leastSample: 30,
      cooldownHours: 168,
      severity: "critical",
      retrains: true,
    },
  },
  {
    key: "guardrail",
    rule: {
      name: "A guardrail broke",
      series: "guardrail_breaches",
      kind: "threshold",
      limit: 0,
      severity: "critical",
    },
  },
  {
    key: "webhook_failures",
    rule: {
      name: "Webhooks keep failing",
      series: "webhook_failures",
      kind: "threshold",
      limit: 9,
      severity: "warning",
    },
  },
];

/** Adds the rules that Assay comes with and that are not there yet; changed ones stay as they are. */
export async function addDefaultRules(db: Database, now: Date): Promise<number> {
  const { count } = await db.alertRule.createMany({
    data: defaults.map(({ key, rule }) => ({ key, body: AlertRuleBody.parse(rule), createdAt: now })),
    skipDuplicates: true,
  });
  return count;
}
