import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { Policy } from "#server/domain/policy.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type PolicyView, policyView } from "./view.ts";

export const SaveDraftInput = z.object({
  policy: Policy,
  /** the draft that is changed; null for a new one */
  id: z.string().min(1).max(64).nullable(),
});
export type SaveDraftInput = z.infer<typeof SaveDraftInput>;

/**
 * Keeps a policy as a draft, which decides nothing until it is activated.
 * @throws ServiceError "forbidden", "invalid", or "conflict" when the draft was activated or discarded meanwhile.
 */
export async function saveDraft(ctx: ServiceContext, input: SaveDraftInput): Promise<PolicyView> {
  requirePermission(ctx.actor, "policy:write");
  const checked = Policy.safeParse(input.policy);
  if (!checked.success)
    throw new ServiceError("invalid", checked.error.issues[0]?.message ?? "Not a policy.");
  const body = checked.data;
  return inTransaction(ctx, async (tx) => {
    const before = input.id === null ? null : await tx.policyVersion.findUnique({ where: { id: input.id } });
    let id = input.id;
    if (id === null) {
      const createdById = ctx.actor.kind === "user" ? actorId(ctx.actor) : null;
      const data = { status: "draft", body, createdById, createdAt: ctx.now() };
      id = (await tx.policyVersion.create({ data })).id;
    } else {
      const { count } = await tx.policyVersion.updateMany({ where: { id, status: "draft" }, data: { body } });
      if (count === 0) throw new ServiceError("conflict", "This draft was activated or discarded meanwhile.");
    }
    const after = policyView(await tx.policyVersion.findUniqueOrThrow({ where: { id } }));
    await recordAudit(tx, ctx, {
      action: "policy.draft",
      subjectType: "policy_version",
      subjectId: id,
      before: before === null ? null : policyView(before),
      after,
    });
    return after;
  });
}
