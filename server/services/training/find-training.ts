import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type TrainingRunView, trainingRunView, withNames } from "./view.ts";

/** The run that waits or runs, else the latest that ended; null before the first. @throws ServiceError "forbidden" */
export async function currentTraining(ctx: ServiceContext): Promise<TrainingRunView | null> {
  requirePermission(ctx.actor, "model:read");
  const underWay = { status: { in: ["queued", "running"] } };
  const run =
    (await ctx.db.trainingRun.findFirst({ where: underWay, include: withNames })) ??
    (await ctx.db.trainingRun.findFirst({
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      include: withNames,
    }));
  return run === null ? null : trainingRunView(run);
}

/** The latest runs, newest first. @throws ServiceError "forbidden" */
export async function listTrainings(
  ctx: ServiceContext,
  { limit = 50 }: { readonly limit?: number } = {},
): Promise<TrainingRunView[]> {
  requirePermission(ctx.actor, "model:read");
  const runs = await ctx.db.trainingRun.findMany({
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: Math.min(limit, 200),
    include: withNames,
    omit: { report: true },
  });
  return runs.map((run) => trainingRunView({ ...run, report: null }));
}
