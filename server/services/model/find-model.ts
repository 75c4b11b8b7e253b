import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { reportFromJson, type TrainingReport } from "#server/services/training/report.ts";
import { type ModelView, modelView } from "./view.ts";

/** What the list shows of a version beside its row: the chosen family on the test slice. */
export type ModelSummary = ModelView & {
  readonly averagePrecision: number | null;
  readonly averagePrecisionInterval: { readonly lower: number; readonly upper: number } | null;
  readonly rocAuc: number | null;
};

export type ModelDetail = ModelView & { readonly report: TrainingReport };

const MOST = 200;

/** The latest versions, newest first. @throws ServiceError "forbidden" */
export async function listModels(ctx: ServiceContext): Promise<ModelSummary[]> {
  requirePermission(ctx.actor, "model:read");
  const versions = await ctx.db.modelVersion.findMany({ orderBy: { number: "desc" }, take: MOST });
  return versions.map((version) => {
    const found = Findings.safeParse(version.metrics);
    const test = found.success ? found.data.families[found.data.selected]?.test : undefined;
    return {
      ...modelView(version),
      averagePrecision: test?.averagePrecision ?? null,
      averagePrecisionInterval: test?.averagePrecisionInterval ?? null,
      rocAuc: test?.rocAuc ?? null,
    };
  });
}

/** The part of a report that the list shows. A version that came without a report shows none of it. */
const Findings = z.object({
  selected: z.string(),
  families: z.record(
    z.string(),
    z.object({
      test: z.object({
        averagePrecision: z.number().nullable(),
        averagePrecisionInterval: z.object({ lower: z.number(), upper: z.number() }).nullable(),
        rocAuc: z.number().nullable(),
      }),
    }),
  ),
});

/** One version with what its training found. @throws ServiceError "forbidden" or "not_found" */
export async function modelById(
  ctx: ServiceContext,
  input: { readonly versionId: string },
): Promise<ModelDetail> {
  requirePermission(ctx.actor, "model:read");
  const version = await ctx.db.modelVersion.findUnique({ where: { id: input.versionId } });
  if (version === null) throw new ServiceError("not_found", "There is no such model version.");
  return { ...modelView(version), report: reportFromJson(version.metrics) };
}

/** A version by its number or id, as a person types it. @throws ServiceError "forbidden" or "not_found" */
export async function modelByName(ctx: ServiceContext, name: string): Promise<ModelView> {
  requirePermission(ctx.actor, "model:read");
  const number = /^\d{1,9}$/.test(name) ? Number(name) : null;
  const where = number === null ? { id: name } : { number };
  const version = await ctx.db.modelVersion.findFirst({ where });
  if (version === null) throw new ServiceError("not_found", `There is no model version ${name}.`);
  return modelView(version);
}
