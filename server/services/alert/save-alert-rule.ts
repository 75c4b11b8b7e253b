import { z } from "zod";
import { AlertRuleBody } from "#server/domain/alert.ts";
import { seriesInfo } from "#server/domain/alert-series.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type RuleView, ruleView } from "./view.ts";

export const CreateAlertRuleInput = z.strictObject({ rule: AlertRuleBody });
export type CreateAlertRuleInput = z.infer<typeof CreateAlertRuleInput>;

export const ChangeAlertRuleInput = z.strictObject({
  ruleId: z.string().min(1),
  version: z.int().min(1),
  rule: AlertRuleBody,
  enabled: z.boolean(),
});
export type ChangeAlertRuleInput = z.infer<typeof ChangeAlertRuleInput>;

const MOST_RULES = 200;

/** Adds a rule. @throws ServiceError "forbidden", "invalid" (what its series cannot say) or "conflict" (too many) */
export async function createAlertRule(
  ctx: ServiceContext,
  { rule }: CreateAlertRuleInput,
): Promise<RuleView> {
  requirePermission(ctx.actor, "policy:write");
  refuseSenseless(rule);
  return inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('assay.alert_rule'))::text`;
    if ((await tx.alertRule.count()) >= MOST_RULES) {
      throw new ServiceError("conflict", `There are ${MOST_RULES} rules; change one of them.`);
    }
    const created = ruleView(await tx.alertRule.create({ data: { body: rule, createdAt: ctx.now() } }));
    await recordAudit(tx, ctx, {
      action: "alert_rule.create",
      subjectType: "alert_rule",
      subjectId: created.id,
      after: { ...rule, enabled: true },
    });
    return created;
  });
}

/**
 * Changes a rule or switches it. Off, its alert is resolved: nobody judges it any more.
 * @throws ServiceError "forbidden", "invalid", "not_found" or "conflict" (changed since it was read)
 */
export async function changeAlertRule(
  ctx: ServiceContext,
  { ruleId, version, rule, enabled }: ChangeAlertRuleInput,
): Promise<RuleView> {
  requirePermission(ctx.actor, "policy:write");
  refuseSenseless(rule);
  return inTransaction(ctx, async (tx) => {
    const before = await tx.alertRule.findUnique({ where: { id: ruleId } });
    if (before === null) throw new ServiceError("not_found", "There is no such rule.");
    const { count } = await tx.alertRule.updateMany({
      where: { id: ruleId, version },
      data: { body: rule, enabled, version: { increment: 1 }, checkedAt: null, failure: null },
    });
    if (count === 0) throw new ServiceError("conflict", "This rule was changed since you read it.");
    if (!enabled) {
      await tx.alert.updateMany({ where: { ruleId, resolvedAt: null }, data: { resolvedAt: ctx.now() } });
    }
    await recordAudit(tx, ctx, {
      action: "alert_rule.change",
      subjectType: "alert_rule",
      subjectId: ruleId,
      before: { ...AlertRuleBody.parse(before.body), enabled: before.enabled },
      after: { ...rule, enabled },
    });
    return ruleView(await tx.alertRule.findUniqueOrThrow({ where: { id: ruleId } }));
  });
}

/** @throws ServiceError "invalid" */
function refuseSenseless({ series, kind, windows }: AlertRuleBody): void {
  const { every, label } = seriesInfo[series];
  if (every !== "moment") return;
  if (windows > 1 || kind !== "threshold") {
    throw new ServiceError(
      "invalid",
      `${label} is known for this moment alone: it takes a threshold, and one window.`,
    );
  }
}
