import { join, resolve } from "node:path";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { artifactBytes } from "../artifact-store.ts";
import { modelCard } from "../model-card.ts";
import { mlflowFiles } from "./mlflow-files.ts";
import { writeMlflow } from "./mlflow-layout.ts";

/**
 * Writes a version into `out/mlruns` as a run that MLflow opens (`mlflow ui --backend-store-uri out/mlruns`); an earlier
 * export of it is written over. Returns the absolute path of `mlruns`.
 * @throws ServiceError "forbidden" or "not_found"; what the file system refuses
 */
export async function exportMlflow(
  ctx: ServiceContext,
  { number, out }: { readonly number: number; readonly out: string },
): Promise<string> {
  requirePermission(ctx.actor, "model:read");
  const { card, markdown } = await modelCard(ctx, { number });
  const version = await ctx.db.modelVersion.findUniqueOrThrow({
    where: { number },
    include: { trainingRun: { include: { requestedBy: { select: { name: true } } } } },
  });
  const artifact = await artifactBytes(ctx.db, version.artifactHash);
  if (artifact.length === 0)
    throw new ServiceError("not_found", `The artefact of version ${number} is missing.`);
  const run = version.trainingRun;
  const folder = join(resolve(out), "mlruns");
  const files = mlflowFiles(folder, {
    card,
    markdown,
    artifact,
    startedAt: run?.startedAt ?? version.createdAt,
    finishedAt: run?.finishedAt ?? version.createdAt,
    requestedBy: run?.requestedBy?.name ?? "assay",
  });
  await writeMlflow(folder, files);
  return folder;
}
