import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { orAskApproval, refuseAlone } from "#server/services/approval/four-eyes.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkRules, requireApprovalRight } from "./check-rules.ts";
import { type RuleSetView, ruleSetView } from "./view.ts";

export const DraftInput = z.object({
  draftId: z.string().min(1).max(64),
  /** when the draft that was looked at was last saved */
  expectedUpdatedAt: z.iso.datetime(),
});
export type DraftInput = z.infer<typeof DraftInput>;

/**
 * Puts the draft in force and tells the scoring servers, which decide by it within seconds. The rules before it are
 * kept, retired, since decisions name them.
 * @throws ServiceError "forbidden", "invalid" (a condition no longer fits the features) or "conflict"
 */
export async function activateRules(ctx: ServiceContext, input: DraftInput): Promise<RuleSetView> {
  requirePermission(ctx.actor, "rule:write");
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      await refuseAlone(tx, ctx, "ruleChanges");
      return activateRulesIn(tx, ctx, input);
    }),
  );
}

/** `activateRules`, or where the review settings ask for four eyes a request to a second person. */
export async function proposeRules(
  ctx: ServiceContext,
  input: DraftInput,
): Promise<RuleSetView | PendingApproval> {
  requirePermission(ctx.actor, "rule:write");
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      await requireActivable(tx, ctx, input);
      const subject = { subjectType: "rule_set_version", subjectId: input.draftId };
      const asked = { kind: "rule.activate", ...subject, payload: { ...input } } as const;
      return orAskApproval(tx, ctx, "ruleChanges", { asked, make: () => activateRulesIn(tx, ctx, input) });
    }),
  );
}

/** The activation itself, in the transaction of its caller. */
export async function activateRulesIn(tx: Tx, ctx: ServiceContext, input: DraftInput): Promise<RuleSetView> {
  const { draft, active, before } = await requireActivable(tx, ctx, input);
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
}

async function requireActivable(tx: Tx, ctx: ServiceContext, input: DraftInput) {
  const draft = await findDraft(tx, input);
  const { rules } = await checkRules(tx, draft.body);
  const active = await tx.ruleSetVersion.findFirst({ where: { status: "active" } });
  const before = active === null ? null : ruleSetView(active);
  requireApprovalRight(ctx.actor, before?.rules ?? [], rules);
  return { draft, active, before };
}

async function settlingRaces<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
