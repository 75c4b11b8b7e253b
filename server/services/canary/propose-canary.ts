import { randomInt } from "node:crypto";
import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Canary, ModelVersion } from "#server/db/generated/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { CanaryShare } from "#server/domain/canary.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { orAskApproval } from "#server/services/approval/four-eyes.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { announceCanary } from "./announce-canary.ts";
import { type CanaryView, canaryView } from "./view.ts";

const LARGEST_SEED = 2_147_483_647;

export const ProposeCanaryInput = z.strictObject({
  versionId: z.string().min(1).max(64),
  share: CanaryShare,
  /** the share that it has now; null when it decides for nobody yet */
  expectedShare: z.number().nullable(),
  /** kept in the audit log */
  reason: z.string().trim().min(1, "Say why").max(1_000),
});
export type ProposeCanaryInput = z.infer<typeof ProposeCanaryInput>;

/**
 * Lets a challenger decide for a drawn share of customers, or changes that share; where promotions need a second
 * person, asks for one. With a larger share whoever was drawn stays.
 * @throws ServiceError "forbidden", "not_found", or "conflict" (it does not score in shadow, or its share is another)
 */
export async function proposeCanary(
  ctx: ServiceContext,
  input: ProposeCanaryInput,
): Promise<CanaryView | PendingApproval> {
  requirePermission(ctx.actor, "model:promote");
  try {
    return await inTransaction(ctx, async (tx) => {
      await requireChange(tx, input);
      const subject = { subjectType: "model_version", subjectId: input.versionId };
      const asked = { kind: "model.canary", ...subject, payload: { ...input } } as const;
      return orAskApproval(tx, ctx, "promotion", { asked, make: () => setCanaryIn(tx, ctx, input) });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}

/** The change itself, in the transaction of its caller. */
export async function setCanaryIn(
  tx: Tx,
  ctx: ServiceContext,
  input: ProposeCanaryInput,
): Promise<CanaryView> {
  const { version, champion, running } = await requireChange(tx, input);
  const { share, reason } = input;
  const at = ctx.now();
  if (running === null) {
    const data = {
      modelVersionId: version.id,
      championId: champion.id,
      share,
      seed: randomInt(LARGEST_SEED),
      reason,
      startedAt: at,
      startedByName: ctx.actor.name,
      countedFrom: at,
    };
    const made = await tx.canary.create({ data });
    await announceCanary(tx, ctx, { action: "model.canary_start", before: null, after: made, reason });
    return canaryView(made);
  }
  const where = { id: running.id, endedAt: null, share: running.share };
  const data = { share, countedFrom: at, checks: [], checkedAt: null };
  if ((await tx.canary.updateMany({ where, data })).count === 0) throw changed();
  await tx.canaryGroup.deleteMany({ where: { canaryId: running.id } });
  const after = { ...running, ...data };
  await announceCanary(tx, ctx, { action: "model.canary_share", before: running, after, reason });
  return canaryView(after);
}

type Change = {
  readonly version: ModelVersion;
  readonly champion: ModelVersion;
  readonly running: Canary | null;
};

async function requireChange(
  tx: Tx,
  { versionId, share, expectedShare }: ProposeCanaryInput,
): Promise<Change> {
  const version = await tx.modelVersion.findUnique({ where: { id: versionId } });
  if (version === null) throw new ServiceError("not_found", "There is no such model version.");
  if (version.status !== "challenger") {
    const message = `Version ${version.number} does not score in shadow; start that first, and look at how far it agrees.`;
    throw new ServiceError("conflict", message);
  }
  const champion = await tx.modelVersion.findFirst({ where: { status: "champion" } });
  if (champion === null) throw new ServiceError("conflict", "There is no champion to decide for the others.");
  if (champion.featureSetVersion !== version.featureSetVersion)
    throw new ServiceError("conflict", `Version ${version.number} reads other features than the champion.`);
  const running = await tx.canary.findFirst({ where: { endedAt: null } });
  if (running !== null && running.modelVersionId !== version.id) throw changed();
  if ((running?.share ?? null) !== expectedShare) throw changed();
  if (running?.share === share) throw new ServiceError("conflict", "It has that share already.");
  return { version, champion, running };
}

function changed(cause?: unknown): ServiceError {
  const message = "Someone else changed the canary at the same moment; look at it first.";
  return new ServiceError("conflict", message, { cause });
}
