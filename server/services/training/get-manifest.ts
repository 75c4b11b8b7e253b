import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { TrainingManifest } from "./manifest.ts";

/** What a run learned from. @throws ServiceError "forbidden" or "not_found" (no such run, or one without a manifest) */
export async function getManifest(
  ctx: ServiceContext,
  { runId }: { readonly runId: string },
): Promise<TrainingManifest> {
  requirePermission(ctx.actor, "model:read");
  const run = await ctx.db.trainingRun.findUnique({ where: { id: runId }, select: { manifest: true } });
  const manifest = TrainingManifest.safeParse(run?.manifest);
  if (manifest.success) return manifest.data;
  throw new ServiceError(
    "not_found",
    run === null ? "There is no such training run." : "This run ended without a manifest.",
  );
}
