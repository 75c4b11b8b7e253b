import { requirePermission } from "#server/domain/permission.ts";
import { compileRules } from "#server/domain/rule/apply-rules.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type RuleSetView, ruleSetView } from "./view.ts";
import { servedFeatureSet } from "./vocabulary.ts";

export type RulesInForce = {
  /** null before the first activation */
  readonly active: RuleSetView | null;
  /** what is worked on; null when nothing is */
  readonly draft: RuleSetView | null;
  /** active rules that can't do what they say, with a sentence each */
  readonly troubles: readonly string[];
};

/** The rules that decide, and the draft of the next ones. @throws ServiceError "forbidden" */
export async function readRules(ctx: ServiceContext): Promise<RulesInForce> {
  requirePermission(ctx.actor, "rule:read");
  const where = { status: { in: ["active", "draft"] } };
  const versions = (await ctx.db.ruleSetVersion.findMany({ where })).map(ruleSetView);
  const active = versions.find(({ status }) => status === "active") ?? null;
  const { definitions } = await servedFeatureSet(ctx.db);
  const compiled = compileRules({ rules: [...(active?.rules ?? [])] }, { features: definitions });
  return {
    active,
    draft: versions.find(({ status }) => status === "draft") ?? null,
    troubles: compiled.troubles,
  };
}
