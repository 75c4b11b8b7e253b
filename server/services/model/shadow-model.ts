import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { type ModelStatus, SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { runningCanary } from "#server/services/canary/end-canary.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { requireServable } from "./require-servable.ts";
import { type ModelView, modelView } from "./view.ts";

/**
 * Lets a version score every payment beside the champion, deciding nothing. One at a time, and on the champion's own
 * features, so that it costs its scoring alone.
 * @throws ServiceError "forbidden", "not_found", "invalid" (it can't be served, or reads other features) or "conflict"
 */
export async function startShadow(
  ctx: ServiceContext,
  input: { readonly versionId: string },
): Promise<ModelView> {
  requirePermission(ctx.actor, "model:promote");
  try {
    return await inTransaction(ctx, async (tx) => {
      const version = await findVersion(tx, input.versionId);
      if (version.status === "champion" || version.status === "challenger") {
        throw new ServiceError("conflict", `Version ${version.number} is the ${version.status} already.`);
      }
      const running = await tx.modelVersion.findFirst({ where: { status: "challenger" } });
      if (running !== null) {
        throw new ServiceError("conflict", `Version ${running.number} scores in shadow; stop it first.`);
      }
      await requireChampionsFeatures(tx, version);
      return changeStatus(tx, ctx, { version, status: "challenger", action: "model.shadow_start" });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? changed(error) : error;
  }
}

/** Ends a version's scoring in shadow. @throws ServiceError "forbidden", "not_found" or "conflict" (it does not) */
export async function stopShadow(
  ctx: ServiceContext,
  input: { readonly versionId: string },
): Promise<ModelView> {
  requirePermission(ctx.actor, "model:promote");
  return inTransaction(ctx, async (tx) => {
    const version = await findVersion(tx, input.versionId);
    if (version.status !== "challenger") {
      throw new ServiceError("conflict", `Version ${version.number} does not score in shadow.`);
    }
    if ((await runningCanary(tx)) !== null) {
      throw new ServiceError(
        "conflict",
        `Version ${version.number} decides for some customers; stop its canary first.`,
      );
    }
    const status = version.retiredAt === null ? "candidate" : "retired";
    return changeStatus(tx, ctx, { version, status, action: "model.shadow_stop" });
  });
}

async function findVersion(tx: Tx, id: string): Promise<ModelVersion> {
  const version = await tx.modelVersion.findUnique({ where: { id } });
  if (version === null) throw new ServiceError("not_found", "There is no such model version.");
  return version;
}

async function requireChampionsFeatures(tx: Tx, version: ModelVersion): Promise<void> {
  const champion = await tx.modelVersion.findFirst({ where: { status: "champion" } });
  if (champion === null)
    throw new ServiceError("conflict", "There is no champion to score beside; promote one.");
  const { version: featureSetVersion } = await requireServable(tx, version);
  if (featureSetVersion === champion.featureSetVersion) return;
  throw new ServiceError(
    "invalid",
    `Version ${version.number} reads the features ${featureSetVersion}, the champion ${champion.featureSetVersion}: only a version with the champion's features can score in shadow.`,
  );
}

type Change = {
  readonly version: ModelVersion;
  readonly status: ModelStatus;
  readonly action: "model.shadow_start" | "model.shadow_stop";
};

async function changeStatus(
  tx: Tx,
  ctx: ServiceContext,
  { version, status, action }: Change,
): Promise<ModelView> {
  const where = { id: version.id, status: version.status };
  if ((await tx.modelVersion.updateMany({ where, data: { status } })).count === 0) throw changed();
  await recordAudit(tx, ctx, {
    action,
    subjectType: "model_version",
    subjectId: version.id,
    before: { number: version.number, status: version.status },
    after: { number: version.number, status },
  });
  await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`model ${version.id}`})`;
  return modelView({ ...version, status });
}

function changed(cause?: unknown): ServiceError {
  return new ServiceError(
    "conflict",
    "Someone else changed the models at the same moment; look at them first.",
    {
      cause,
    },
  );
}
