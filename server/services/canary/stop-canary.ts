import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { endCanaryIn, runningCanary } from "./end-canary.ts";
import { type CanaryView, canaryView } from "./view.ts";

export const StopCanaryInput = z.strictObject({
  versionId: z.string().min(1).max(64),
  /** kept in the audit log */
  reason: z.string().trim().min(1, "Say why").max(1_000),
});
export type StopCanaryInput = z.infer<typeof StopCanaryInput>;

/**
 * Lets the champion decide for everyone again, within seconds; the challenger goes on in shadow. Needs nobody else's
 * word, whatever the settings say.
 * @throws ServiceError "forbidden" or "conflict" (it decides for nobody)
 */
export async function stopCanary(ctx: ServiceContext, input: StopCanaryInput): Promise<CanaryView> {
  requirePermission(ctx.actor, "model:promote");
  return inTransaction(ctx, async (tx) => {
    const canary = await runningCanary(tx);
    const stopped =
      canary?.modelVersionId === input.versionId &&
      (await endCanaryIn(tx, ctx, { canary, ended: "stopped", because: input.reason }));
    if (canary === null || !stopped) throw new ServiceError("conflict", "It decides for nobody.");
    return canaryView({ ...canary, endedAt: ctx.now(), ended: "stopped", endedBecause: input.reason });
  });
}
