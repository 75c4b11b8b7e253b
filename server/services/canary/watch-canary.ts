import { canaryGuardrails } from "#ml/promotion/canary-guardrails.ts";
import type { Database } from "#server/db/client.ts";
import type { Canary } from "#server/db/generated/client.ts";
import type { CanaryArm, StoredCanaryCheck } from "#server/domain/canary.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { endCanaryIn, runningCanary } from "./end-canary.ts";
import { slowCounts } from "./slow-counts.ts";

/**
 * Looks at the guardrails of the canary that runs, keeps what it saw, and stops it where one is broken, with an alert.
 * Null where none runs.
 * @throws ServiceError "forbidden"
 */
export async function watchCanary(ctx: ServiceContext): Promise<StoredCanaryCheck[] | null> {
  requirePermission(ctx.actor, "model:promote");
  const { db } = ctx;
  const canary = await runningCanary(db);
  if (canary === null) return null;
  const now = ctx.now();
  const checks = canaryGuardrails(await armsOf(db, canary), await slowCounts(db, canary, now));
  const broken = checks.filter(({ passed }) => passed === false);
  if (broken.length > 0) await stopBroken(ctx, canary, { checks, broken });
  else {
    // Another share counts anew: what was seen of the one before is not kept for it.
    const where = { id: canary.id, endedAt: null, countedFrom: canary.countedFrom };
    await db.canary.updateMany({ where, data: { checks, checkedAt: now } });
  }
  return checks;
}

async function armsOf(db: Database, { id }: Canary) {
  const groups = await db.canaryGroup.findMany({ where: { canaryId: id } });
  const of = (arm: CanaryArm) => groups.filter((group) => group.arm === arm);
  return { canary: of("canary"), champion: of("champion") };
}

type Seen = { readonly checks: StoredCanaryCheck[]; readonly broken: readonly StoredCanaryCheck[] };

async function stopBroken(ctx: ServiceContext, canary: Canary, { checks, broken }: Seen): Promise<void> {
  const because = broken.map(({ says }) => says).join(" ");
  await inTransaction(ctx, async (tx) => {
    if (!(await endCanaryIn(tx, ctx, { canary, ended: "broken", because }))) return;
    const at = ctx.now();
    await tx.canary.update({ where: { id: canary.id }, data: { checks, checkedAt: at } });
    const term = { modelVersionId: canary.modelVersionId, promotedAt: canary.startedAt };
    await tx.guardrailBreach.createMany({
      data: broken.map(({ name, canary: arm, champion, says }) => ({
        ...term,
        at,
        guardrail: name,
        value: arm.share ?? 0,
        limit: champion.share ?? 0,
        says,
        kept: "Its canary was stopped; the champion decides for everyone.",
      })),
    });
    const version = await tx.modelVersion.findUniqueOrThrow({ where: { id: canary.modelVersionId } });
    await recordOutbox(tx, at, "alert.raised", {
      kind: "canary_stopped",
      modelVersion: version.id,
      number: version.number,
      share: canary.share,
      guardrails: broken.map(({ name, says }) => ({ name, says })),
    });
  });
}
