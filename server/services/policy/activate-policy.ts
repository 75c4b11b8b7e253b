import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { Policy } from "#server/domain/policy.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { orAskApproval, refuseAlone } from "#server/services/approval/four-eyes.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "./active-policy.ts";
import { type PolicyView, policyView } from "./view.ts";

export const ActivatePolicyInput = z.object({
  policy: Policy,
  /** the version that the change was made from; another one active by now is a conflict. Null: none was. */
  expectedActiveId: z.string().min(1).max(64).nullable(),
  /** the draft that becomes the version in force; a new version is made when left out */
  draftId: z.string().min(1).max(64).exactOptional(),
  /** kept in the audit log */
  reason: z.string().trim().min(1).max(1_000).exactOptional(),
});
export type ActivatePolicyInput = z.infer<typeof ActivatePolicyInput>;

/**
 * Makes a new policy version the one in force and tells the scoring servers; the one before it is kept, retired.
 * @throws ServiceError "forbidden", "invalid", "conflict" (someone else activated another one meanwhile)
 */
export async function activatePolicy(ctx: ServiceContext, input: ActivatePolicyInput): Promise<PolicyView> {
  requirePermission(ctx.actor, "policy:write");
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      await refuseAlone(tx, ctx, "policyChanges");
      return activatePolicyIn(tx, ctx, input);
    }),
  );
}

/** `activatePolicy`, or where the review settings ask for four eyes a request to a second person. */
export async function proposePolicy(
  ctx: ServiceContext,
  input: ActivatePolicyInput,
): Promise<PolicyView | PendingApproval> {
  requirePermission(ctx.actor, "policy:write");
  const payload = { ...input, policy: parsed(input.policy) };
  const subject = { subjectType: "policy_version", subjectId: input.expectedActiveId ?? "none" };
  const asked = { kind: "policy.activate", ...subject, payload } as const;
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      if (((await findActivePolicy(tx))?.id ?? null) !== input.expectedActiveId) throw changed();
      const make = (): Promise<PolicyView> => activatePolicyIn(tx, ctx, input);
      return orAskApproval(tx, ctx, "policyChanges", { asked, make });
    }),
  );
}

/** The activation itself, in the transaction of its caller. */
export async function activatePolicyIn(
  tx: Tx,
  ctx: ServiceContext,
  input: ActivatePolicyInput,
): Promise<PolicyView> {
  const body = parsed(input.policy);
  const before = await findActivePolicy(tx);
  if ((before?.id ?? null) !== input.expectedActiveId) throw changed();
  const where = { id: input.expectedActiveId ?? "", status: "active" };
  const { count } = await tx.policyVersion.updateMany({ where, data: { status: "retired" } });
  if (before !== null && count === 0) throw changed();
  const now = ctx.now();
  const createdById = ctx.actor.kind === "user" ? actorId(ctx.actor) : null;
  const data = { status: "active", body, activatedAt: now } as const;
  const after =
    input.draftId === undefined
      ? policyView(await tx.policyVersion.create({ data: { ...data, createdById, createdAt: now } }))
      : await activateDraftIn(tx, input.draftId, data);
  await recordAudit(tx, ctx, {
    action: "policy.activate",
    subjectType: "policy_version",
    subjectId: after.id,
    before,
    after: input.reason === undefined ? after : { ...after, reason: input.reason },
  });
  await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`policy ${after.id}`})`;
  return after;
}

type Activation = { readonly status: "active"; readonly body: Policy; readonly activatedAt: Date };

/** The draft keeps its number and whose it was; one that is none any more was activated or discarded meanwhile. */
async function activateDraftIn(tx: Tx, id: string, data: Activation): Promise<PolicyView> {
  const { count } = await tx.policyVersion.updateMany({ where: { id, status: "draft" }, data });
  if (count === 0) throw new ServiceError("conflict", "This draft was activated or discarded meanwhile.");
  return policyView(await tx.policyVersion.findUniqueOrThrow({ where: { id } }));
}

/** @throws ServiceError "invalid" */
function parsed(policy: Policy): Policy {
  const checked = Policy.safeParse(policy);
  if (checked.success) return checked.data;
  throw new ServiceError("invalid", checked.error.issues[0]?.message ?? "Not a policy.");
}

async function settlingRaces<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}

function changed(cause?: unknown): ServiceError {
  const message = "Someone activated another policy meanwhile; look at it first.";
  return new ServiceError("conflict", message, { cause });
}
