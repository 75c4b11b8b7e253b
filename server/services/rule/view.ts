import type { RuleSetVersion } from "#server/db/generated/client.ts";
import { type Rule, RuleSet } from "#server/domain/rule/rule-set.ts";

export type RuleSetStatus = "draft" | "active" | "retired";

export type RuleSetView = {
  readonly id: string;
  readonly number: number;
  readonly status: RuleSetStatus;
  readonly rules: readonly Rule[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly activatedAt: string | null;
};

export function ruleSetView(version: RuleSetVersion): RuleSetView {
  const status = version.status === "active" || version.status === "draft" ? version.status : "retired";
  return {
    id: version.id,
    number: version.number,
    status,
    rules: RuleSet.parse(version.body).rules,
    createdAt: version.createdAt.toISOString(),
    updatedAt: version.updatedAt.toISOString(),
    activatedAt: version.activatedAt?.toISOString() ?? null,
  };
}
