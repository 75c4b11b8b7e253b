import { z } from "zod";
import { categoryCode } from "#ml/features/category-code.ts";
import type { FeatureAssessment } from "#ml/monitoring/assess-window.ts";
import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import type { Database } from "#server/db/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { SCORE, wordsOf } from "./feature-view.ts";
import { watchedModel } from "./watched-model.ts";

export const ReadFeatureDriftInput = z.strictObject({
  feature: z.string().min(1).max(200),
  weeks: z.int().min(4).max(52).default(26),
});
export type ReadFeatureDriftInput = z.infer<typeof ReadFeatureDriftInput>;

export type FeatureWeek = Omit<FeatureAssessment, "name"> & { readonly week: string };

export type FeatureDetailView = {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
  readonly isCalendar: boolean;
  readonly cuts: readonly number[];
  /** of a category: what each bin holds, null where the text of its code is not known */
  readonly categories: readonly (string | null)[] | null;
  readonly referenceCounts: readonly number[];
  readonly referenceMissing: number;
  /** oldest first */
  readonly weeks: readonly FeatureWeek[];
};

/**
 * One feature of the champion week by week: its counts on the reference's bins and every distance from it.
 * @throws ServiceError "forbidden", or "not_found" for a feature that the champion does not read
 */
export async function readFeatureDrift(
  ctx: ServiceContext,
  { feature, weeks }: ReadFeatureDriftInput,
): Promise<FeatureDetailView> {
  requirePermission(ctx.actor, "analytics:read");
  const { db } = ctx;
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  const model = version === null ? null : await watchedModel(db, version.artifactHash);
  const reference =
    feature === SCORE
      ? model?.reference.score
      : model?.reference.features.find(({ name }) => name === feature);
  if (version === null || model === null || reference === undefined) {
    throw new ServiceError("not_found", `The champion reads no feature ${feature}.`);
  }
  const rows = await db.driftFeatureWindow.findMany({
    where: { modelVersionId: version.id, feature },
    orderBy: { week: "desc" },
    take: weeks,
  });
  return {
    name: feature,
    ...wordsOf(model, feature),
    cuts: reference.cuts,
    categories: await categoriesOf(db, reference),
    referenceCounts: reference.counts,
    referenceMissing: reference.missing,
    weeks: rows.reverse().map(({ week, body }) => {
      const { name: _, ...assessment } = body as unknown as FeatureAssessment;
      return { week: week.toISOString().slice(0, 10), ...assessment };
    }),
  };
}

/** Codes are hashes of texts; the texts met so far are kept with the analysis blocks. */
async function categoriesOf(db: Database, { codes }: FeatureReference): Promise<(string | null)[] | null> {
  if (codes === undefined) return null;
  const kinds = ["category", "channel", "country", "currency"];
  const known = await db.analysisCode.findMany({ where: { kind: { in: kinds } }, select: { value: true } });
  const byCode = new Map(known.map(({ value }) => [categoryCode(value), value]));
  return codes.map((code) => byCode.get(code) ?? null);
}
