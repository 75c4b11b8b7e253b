import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type ApiKeyView, apiKeyView } from "./view.ts";

/** Ends a key for good. @throws ServiceError "forbidden", "not_found" or "conflict" (already revoked) */
export async function revokeApiKey(
  ctx: ServiceContext,
  input: { readonly keyId: string },
): Promise<ApiKeyView> {
  requirePermission(ctx.actor, "key:manage");
  return inTransaction(ctx, async (tx) => {
    const before = await tx.apiKey.findUnique({ where: { id: input.keyId } });
    if (before === null) throw new ServiceError("not_found", "There is no such key.");
    const revokedAt = ctx.now();
    const { count } = await tx.apiKey.updateMany({
      where: { id: before.id, revokedAt: null },
      data: { revokedAt },
    });
    if (count === 0) throw new ServiceError("conflict", `The key ${before.name} is already revoked.`);
    await recordAudit(tx, ctx, {
      action: "api_key.revoke",
      subjectType: "api_key",
      subjectId: before.id,
      before: { name: before.name, prefix: before.prefix, revokedAt: null },
      after: { name: before.name, prefix: before.prefix, revokedAt: revokedAt.toISOString() },
    });
    return apiKeyView({ ...before, revokedAt });
  });
}
