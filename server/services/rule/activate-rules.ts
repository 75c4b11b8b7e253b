import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkRules, requireApprovalRight } from "./check-rules.ts";
import { type RuleSetView, ruleSetView } from "./view.ts";

export type DraftInput = {
  readonly draftId: string;
  /** when the draft that was looked at was last saved */
  readonly expectedUpdatedAt: string;
};

/**
 * Puts the draft in force and tells the scoring servers, which decide by it within seconds. The rules before it are
 * kept, retired, since decisions name them.
 * @throws ServiceError "forbidden", "invalid" (a condition no longer fits the features) or "conflict"
 */
export async function activateRules(ctx: ServiceContext, input: DraftInput): Promise<RuleSetView> {
  requirePermission(ctx.actor, "rule:write");
  try {
    return await inTransaction(ctx, async (tx) => {
      const draft = await findDraft(tx, input);
      const { rules } = await checkRules(tx, draft.body);
      const active = await tx.ruleSetVersion.findFirst({ where: { status: "active" } });
      const before = active === null ? null : ruleSetView(active);
      requireApprovalRight(ctx.actor, before?.rules ?? [], rules);
      if (active !== null) await changeStatus(tx, active.id, { from: "active", to: "retired" });
      const data = { status: "active", activatedAt: ctx.now() };
      const where = { id: draft.id, status: "draft", updatedAt: draft.updatedAt };
      if ((await tx.ruleSetVersion.updateMany({ where, data })).count === 0) throw changed();
      const after = ruleSetView({ ...draft, ...data });
      await recordAudit(tx, ctx, {
        action: "rule.activate",
        subjectType: "rule_set_version",
        subjectId: after.id,
        before: before === null ? null : { number: before.number, rules: [...before.rules] },
        after: { number: after.number, rules: [...after.rules] },
      });
      await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`rules ${after.id}`})`;
      return after;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}

/** Throws the draft away; nothing that decides changes. @throws ServiceError "forbidden" or "conflict" */
export async function discardDraft(ctx: ServiceContext, input: DraftInput): Promise<void> {
  requirePermission(ctx.actor, "rule:write");
  await inTransaction(ctx, async (tx) => {
    const draft = await findDraft(tx, input);
    await tx.ruleSetVersion.delete({ where: { id: draft.id } });
    await recordAudit(tx, ctx, {
      action: "rule.discard",
      subjectType: "rule_set_version",
      subjectId: draft.id,
      before: { rules: [...ruleSetView(draft).rules] },
    });
  });
}

async function findDraft(tx: Tx, { draftId, expectedUpdatedAt }: DraftInput) {
  const draft = await tx.ruleSetVersion.findFirst({ where: { id: draftId, status: "draft" } });
  if (draft === null || draft.updatedAt.toISOString() !== expectedUpdatedAt) throw changed();
  return draft;
}

async function changeStatus(tx: Tx, id: string, { from, to }: { from: string; to: string }): Promise<void> {
  const { count } = await tx.ruleSetVersion.updateMany({ where: { id, status: from }, data: { status: to } });
  if (count === 0) throw changed();
}

function changed(cause?: unknown): ServiceError {
  return new ServiceError("conflict", "Someone else changed the rules meanwhile; look at them first.", {
    cause,
  });
}
