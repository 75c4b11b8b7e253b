import { requirePermission, type Scope } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type ApiKeyView, apiKeyView } from "./view.ts";

export type CreateApiKeyInput = { readonly name: string; readonly scopes: readonly Scope[] };

/** What server/auth makes: the key itself, what may be shown of it, and what is kept. */
export type GeneratedKey = { readonly key: string; readonly prefix: string; readonly hash: Uint8Array };

/** The key is in this answer and nowhere else. */
export type CreatedApiKey = { readonly key: string; readonly apiKey: ApiKeyView };

/**
 * Makes a caller's key with `generate` (server/auth's generateApiKey).
 * @throws ServiceError "forbidden", "invalid" (no name, no scope) or "conflict" (an active key has that name)
 */
export async function createApiKey(
  ctx: ServiceContext,
  input: CreateApiKeyInput,
  generate: () => GeneratedKey,
): Promise<CreatedApiKey> {
  requirePermission(ctx.actor, "key:manage");
  const name = input.name.trim();
  if (name === "" || name.length > 120)
    throw new ServiceError("invalid", "A key's name has 1 to 120 characters.");
  if (input.scopes.length === 0) throw new ServiceError("invalid", "A key needs at least one scope.");
  const { key, prefix, hash } = generate();
  return inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('assay.api_key'))::text`;
    const namesake = await tx.apiKey.count({ where: { name, revokedAt: null } });
    if (namesake > 0) throw new ServiceError("conflict", `There is already an active key named ${name}.`);
    const created = await tx.apiKey.create({
      data: {
        name,
        prefix,
        hash: Uint8Array.from(hash),
        scopes: [...new Set(input.scopes)],
        createdAt: ctx.now(),
      },
    });
    const apiKey = apiKeyView(created);
    await recordAudit(tx, ctx, {
      action: "api_key.create",
      subjectType: "api_key",
      subjectId: created.id,
      after: { name, prefix, scopes: created.scopes },
    });
    return { key, apiKey };
  });
}
