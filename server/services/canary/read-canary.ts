import { z } from "zod";
import { type CanaryArm, StoredCanaryCheck } from "#server/domain/canary.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { CanaryView, canaryView } from "./view.ts";

const ArmCounts = z.object({
  /** random groups with customers: the arm's spread is that between them */
  groups: z.int(),
  payments: z.int(),
});

export const CanaryDetail = CanaryView.extend({
  /** of the version that decides for the others */
  championNumber: z.int(),
  arms: z.object({ canary: ArmCounts, champion: ArmCounts }),
  /** as looked at last; empty before the first look */
  checks: z.array(StoredCanaryCheck),
  checkedAt: z.string().nullable(),
});
export type CanaryDetail = z.infer<typeof CanaryDetail>;

export const CanaryOfVersion = z.object({ versionId: z.string().min(1).max(64) });

/** The canary of a version that runs, or ran last; null where there never was one. @throws ServiceError "forbidden" */
export async function readCanary(
  ctx: ServiceContext,
  { versionId }: z.infer<typeof CanaryOfVersion>,
): Promise<CanaryDetail | null> {
  requirePermission(ctx.actor, "model:read");
  const { db } = ctx;
  const canary = await db.canary.findFirst({
    where: { modelVersionId: versionId },
    orderBy: { startedAt: "desc" },
  });
  if (canary === null) return null;
  const champion = await db.modelVersion.findUnique({
    where: { id: canary.championId },
    select: { number: true },
  });
  const arms = await db.canaryGroup.groupBy({
    by: ["arm"],
    where: { canaryId: canary.id },
    _sum: { payments: true },
    _count: true,
  });
  const of = (arm: CanaryArm): z.infer<typeof ArmCounts> => {
    const found = arms.find((each) => each.arm === arm);
    return { groups: found?._count ?? 0, payments: found?._sum.payments ?? 0 };
  };
  return {
    ...canaryView(canary),
    championNumber: champion?.number ?? 0,
    arms: { canary: of("canary"), champion: of("champion") },
    checks: z.array(StoredCanaryCheck).parse(canary.checks ?? []),
    checkedAt: canary.checkedAt?.toISOString() ?? null,
  };
}

export const RunningCanary = z
  .object({ share: z.number(), number: z.int(), modelVersionId: z.string(), startedAt: z.string() })
  .nullable();

/** The canary that runs, for the list of models; null when none does. @throws ServiceError "forbidden" */
export async function findRunningCanary(ctx: ServiceContext): Promise<z.infer<typeof RunningCanary>> {
  requirePermission(ctx.actor, "model:read");
  const canary = await ctx.db.canary.findFirst({ where: { endedAt: null } });
  if (canary === null) return null;
  const { share, modelVersionId, startedAt } = canary;
  const version = await ctx.db.modelVersion.findUnique({ where: { id: modelVersionId } });
  return { share, modelVersionId, number: version?.number ?? 0, startedAt: startedAt.toISOString() };
}
