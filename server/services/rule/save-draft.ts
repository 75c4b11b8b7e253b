import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { Rule, RuleSet } from "#server/domain/rule/rule-set.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkRules, requireApprovalRight } from "./check-rules.ts";
import { type RuleSetView, ruleSetView } from "./view.ts";

export type SaveDraftInput = {
  readonly rules: readonly Rule[];
  /** when the draft that was changed was last saved; null: there was none */
  readonly expectedUpdatedAt: string | null;
};

/**
 * Saves the one draft of rules. It decides nothing until it is activated.
 * @throws ServiceError "forbidden", "invalid" (with the rule and the place) or "conflict" (saved by someone else)
 */
export async function saveDraft(ctx: ServiceContext, input: SaveDraftInput): Promise<RuleSetView> {
  requirePermission(ctx.actor, "rule:write");
  try {
    return await inTransaction(ctx, async (tx) => {
      const body = await checkRules(tx, { rules: input.rules });
      const before = await tx.ruleSetVersion.findFirst({ where: { status: "draft" } });
      if ((before?.updatedAt.toISOString() ?? null) !== input.expectedUpdatedAt) throw changed();
      const active = await tx.ruleSetVersion.findFirst({ where: { status: "active" } });
      const known = [active, before].flatMap((version) =>
        version === null ? [] : ruleSetView(version).rules,
      );
      requireApprovalRight(ctx.actor, known, body.rules);
      const after = before === null ? await create(tx, ctx, body) : await change(tx, ctx, { before, body });
      await recordAudit(tx, ctx, {
        action: "rule.save",
        subjectType: "rule_set_version",
        subjectId: after.id,
        before: before === null ? null : { rules: [...ruleSetView(before).rules] },
        after: { rules: [...after.rules] },
      });
      return after;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}

async function create(tx: Tx, ctx: ServiceContext, body: RuleSet): Promise<RuleSetView> {
  const now = ctx.now();
  const createdById = ctx.actor.kind === "user" ? actorId(ctx.actor) : null;
  const data = { status: "draft", body, createdById, createdAt: now, updatedAt: now };
  return ruleSetView(await tx.ruleSetVersion.create({ data }));
}

type Change = { readonly before: { readonly id: string; readonly updatedAt: Date }; readonly body: RuleSet };

async function change(tx: Tx, ctx: ServiceContext, { before, body }: Change): Promise<RuleSetView> {
  // Two saves in one millisecond must not look the same to a third.
  const updatedAt = new Date(Math.max(ctx.now().getTime(), before.updatedAt.getTime() + 1));
  const where = { id: before.id, status: "draft", updatedAt: before.updatedAt };
  const { count } = await tx.ruleSetVersion.updateMany({ where, data: { body, updatedAt } });
  if (count === 0) throw changed();
  return ruleSetView(await tx.ruleSetVersion.findUniqueOrThrow({ where: { id: before.id } }));
}

function changed(cause?: unknown): ServiceError {
  return new ServiceError("conflict", "Someone else saved the rules meanwhile; look at theirs first.", {
    cause,
  });
}
