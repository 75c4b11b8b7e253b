import { z } from "zod";
import type { Alert, AlertRule } from "#server/db/generated/client.ts";
import { AlertEvidence, AlertRuleBody, AlertState, Severity } from "#server/domain/alert.ts";

export const AlertView = z.object({
  id: z.string(),
  number: z.int(),
  state: AlertState,
  severity: Severity,
  title: z.string(),
  says: z.string(),
  link: z.string(),
  /** null for an event that raised it itself */
  evidence: AlertEvidence.nullable(),
  /** ISO 8601 UTC, as all times here */
  openedAt: z.string(),
  lastSeenAt: z.string(),
  raised: z.int(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  silencedUntil: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  /** null where it resolved itself */
  resolvedBy: z.string().nullable(),
});
export type AlertView = z.infer<typeof AlertView>;

type Named = { readonly name: string } | null;
type AlertRow = Alert & { acknowledgedBy: Named; resolvedBy: Named };
export const withPeople = {
  acknowledgedBy: { select: { name: true } },
  resolvedBy: { select: { name: true } },
} as const;

export function alertView(row: AlertRow): AlertView {
  const state = row.resolvedAt !== null ? "resolved" : row.acknowledgedAt !== null ? "acknowledged" : "open";
  return {
    id: row.id,
    number: row.number,
    state,
    severity: Severity.parse(row.severity),
    title: row.title,
    says: row.says,
    link: row.link,
    evidence: AlertEvidence.nullable().parse(row.evidence),
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    raised: row.raised,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy?.name ?? null,
    silencedUntil: row.silencedUntil?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedBy: row.resolvedBy?.name ?? null,
  };
}

export const RuleView = z.object({
  id: z.string(),
  rule: AlertRuleBody,
  enabled: z.boolean(),
  checkedAt: z.string().nullable(),
  /** why it could not be judged the last time */
  failure: z.string().nullable(),
  version: z.int(),
});
export type RuleView = z.infer<typeof RuleView>;

export function ruleView(row: AlertRule): RuleView {
  return {
    id: row.id,
    rule: AlertRuleBody.parse(row.body),
    enabled: row.enabled,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    failure: row.failure,
    version: row.version,
  };
}
