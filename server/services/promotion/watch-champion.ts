import type { GateCheck } from "#ml/promotion/guardrails.ts";
import { liveGuardrails } from "#ml/promotion/live-guardrails.ts";
import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { rollbackIn } from "#server/services/model/rollback-model.ts";
import { readRetrainingSettings } from "#server/services/retraining/read-settings.ts";
import { latencyCheck } from "./latency-check.ts";
import { countsBefore, countsSince } from "./live-counts.ts";

const WATCHED_MS = 7 * DAY_MS;

export type Watched = {
  readonly broken: readonly GateCheck[];
  /** id of the version that was brought back; null where none was */
  readonly rolledBackToId: string | null;
};

type Term = { readonly champion: ModelVersion; readonly promotedAt: Date };

/**
 * Looks at what a champion of less than a week does live, and takes it back where it breaks a guardrail: once, and not
 * when the one before it was taken back as well. Null where there is nothing to look at or nothing new is broken.
 * @throws ServiceError "forbidden"
 */
export async function watchChampion(ctx: ServiceContext): Promise<Watched | null> {
  requirePermission(ctx.actor, "model:promote");
  const { db } = ctx;
  const champion = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (champion?.promotedAt == null) return null;
  const { promotedAt } = champion;
  if (ctx.now().getTime() - promotedAt.getTime() > WATCHED_MS) return null;
  const last = await db.guardrailBreach.findFirst({
    where: { rolledBackToId: champion.id, at: { gt: promotedAt } },
    orderBy: { at: "desc" },
  });
  const since = last?.at ?? promotedAt;
  const now = await countsSince(db, { versionId: champion.id, since });
  const term = { championId: champion.id, since, promotedAt, now: ctx.now() };
  const checks = [...liveGuardrails(now, await countsBefore(db, promotedAt)), await latencyCheck(db, term)];
  const told = await db.guardrailBreach.findMany({ where: { modelVersionId: champion.id, promotedAt } });
  const known = new Set(told.map(({ guardrail }) => guardrail));
  const broken = checks.filter(({ name, passed }) => passed === false && !known.has(name));
  if (broken.length === 0) return null;
  const isSecond = last !== null || known.size > 0;
  try {
    return await inTransaction(ctx, (tx) => answer(tx, ctx, { champion, promotedAt, broken, isSecond }));
  } catch (error) {
    // Someone else changed the champion, or another worker told it: the next look tells.
    if (isUniqueViolation(error) || (error instanceof ServiceError && error.code === "conflict")) return null;
    throw error;
  }
}

type Broken = Term & { readonly broken: readonly GateCheck[]; readonly isSecond: boolean };

async function answer(tx: Tx, ctx: ServiceContext, found: Broken): Promise<Watched> {
  const { champion, promotedAt, broken } = found;
  // The row keeps a promotion of this moment waiting, so that what is taken back is what was looked at.
  await tx.$executeRaw`select 1 from model_version where id = ${champion.id} for update`;
  const still = await tx.modelVersion.findFirst({
    where: { id: champion.id, status: "champion", promotedAt },
  });
  if (still === null) throw new ServiceError("conflict", "The champion changed meanwhile.");
  const kept = await reasonToKeep(tx, found);
  const because = broken.map(({ says }) => says).join(" ");
  const after = kept === null ? await rollbackIn(tx, ctx, { because, automatic: "yes" }) : null;
  const at = ctx.now();
  await tx.guardrailBreach.createMany({
    data: broken.map(({ name, value, limit, says }) => ({
      at,
      modelVersionId: champion.id,
      promotedAt,
      guardrail: name,
      value: value ?? 0,
      limit: limit ?? 0,
      says,
      rolledBackToId: after?.id ?? null,
      kept,
    })),
  });
  await recordOutbox(tx, at, "alert.raised", {
    kind: "guardrail_broken",
    modelVersion: champion.id,
    number: champion.number,
    guardrails: broken.map(({ name, says }) => ({ name, says })),
    rolledBackTo: after?.id ?? null,
    ...(kept === null ? {} : { kept }),
  });
  return { broken, rolledBackToId: after?.id ?? null };
}

/** Why a champion stays although it broke a guardrail; null where it is taken back. */
async function reasonToKeep(tx: Tx, { champion, promotedAt, isSecond }: Broken): Promise<string | null> {
  if ((await readRetrainingSettings(tx)).rollback === "off") return "Rolling back by itself is switched off.";
  if (isSecond) return "A rollback by itself never follows another; a person decides.";
  const earlier = await tx.modelVersion.findFirst({
    where: { status: "retired", promotedAt: { lt: promotedAt } },
    select: { id: true },
  });
  return earlier === null ? `No champion came before version ${champion.number}.` : null;
}
