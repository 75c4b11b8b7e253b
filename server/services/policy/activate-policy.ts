import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { Policy } from "#server/domain/policy.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "./active-policy.ts";
import { type PolicyView, policyView } from "./view.ts";

export type ActivatePolicyInput = {
  readonly policy: Policy;
  /** the version that the change was made from; another one active by now is a conflict. Null: none was. */
  readonly expectedActiveId: string | null;
};

/**
 * Makes a new policy version the one in force and tells the scoring servers; the one before it is kept, retired.
 * @throws ServiceError "forbidden", "invalid", "conflict" (someone else activated another one meanwhile)
 */
export async function activatePolicy(ctx: ServiceContext, input: ActivatePolicyInput): Promise<PolicyView> {
  requirePermission(ctx.actor, "policy:write");
  const parsed = Policy.safeParse(input.policy);
  if (!parsed.success) throw new ServiceError("invalid", parsed.error.issues[0]?.message ?? "Not a policy.");
  const changed = (cause?: unknown): ServiceError =>
    new ServiceError("conflict", "Someone activated another policy meanwhile; look at it first.", { cause });
  try {
    return await inTransaction(ctx, async (tx) => {
      const before = await findActivePolicy(tx);
      if ((before?.id ?? null) !== input.expectedActiveId) throw changed();
      const where = { id: input.expectedActiveId ?? "", status: "active" };
      const { count } = await tx.policyVersion.updateMany({ where, data: { status: "retired" } });
      if (before !== null && count === 0) throw changed();
      const now = ctx.now();
      const data = {
        status: "active",
        body: parsed.data,
        createdById: ctx.actor.kind === "user" ? actorId(ctx.actor) : null,
        createdAt: now,
        activatedAt: now,
      };
      const after = policyView(await tx.policyVersion.create({ data }));
      await recordAudit(tx, ctx, {
        action: "policy.activate",
        subjectType: "policy_version",
        subjectId: after.id,
        before,
        after,
      });
      await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`policy ${after.id}`})`;
      return after;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}
