import type { Database, Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type PolicyView, policyView } from "./view.ts";

/** The policy in force; the default one becomes it on first use. Safe to call from many processes at once. */
export async function ensureActivePolicy(db: Database, now: Date): Promise<PolicyView> {
  const active = await findActivePolicy(db);
  if (active !== null) return active;
  try {
    const data = { status: "active", body: defaultPolicy, createdAt: now, activatedAt: now };
    return policyView(await db.policyVersion.create({ data }));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return ensureActivePolicy(db, now); // another process was first
  }
}

/** The policy in force. @throws ServiceError "forbidden" or "not_found" (before the first start) */
export async function activePolicy(ctx: ServiceContext): Promise<PolicyView> {
  requirePermission(ctx.actor, "policy:read");
  const active = await findActivePolicy(ctx.db);
  if (active === null) throw new ServiceError("not_found", "No policy is active yet.");
  return active;
}

/** Null before the first start. */
export async function findActivePolicy(db: Database | Tx): Promise<PolicyView | null> {
  const active = await db.policyVersion.findFirst({ where: { status: "active" } });
  return active === null ? null : policyView(active);
}
