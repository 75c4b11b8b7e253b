import { defaultFeatureSet, handbookFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadArtifact } from "#server/services/model/index.ts";

/** A feature as it was served, with its name for a person. */
export type ServedFeature = {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
  /** null where it was missing */
  readonly value: number | null;
};

type ServedDecision = {
  readonly features: Uint8Array;
  readonly featureSetVersion: string;
  readonly modelVersionId: string | null;
};

/** Sets by version: a version is a hash of its definitions, so an entry never goes stale. */
const known = new Map<string, FeatureSet>([defaultFeatureSet, handbookFeatureSet].map((s) => [s.version, s]));

/** The vector that the decision was made from, named by the feature set of its model; empty when that is unknown. */
export async function servedFeatures(
  ctx: ServiceContext,
  decision: ServedDecision,
): Promise<ServedFeature[]> {
  const set = known.get(decision.featureSetVersion) ?? (await setOfModel(ctx, decision));
  if (set === null) return [];
  const { buffer, byteOffset, byteLength } = decision.features;
  const view = new DataView(buffer, byteOffset, byteLength);
  return set.definitions.flatMap(({ name, text, unit }, i) => {
    if ((i + 1) * 8 > byteLength) return [];
    const value = view.getFloat64(i * 8, true);
    return [{ name, text, unit, value: Number.isNaN(value) ? null : value }];
  });
}

async function setOfModel(ctx: ServiceContext, decision: ServedDecision): Promise<FeatureSet | null> {
  if (decision.modelVersionId === null) return null;
  const version = await ctx.db.modelVersion.findUnique({
    where: { id: decision.modelVersionId },
    select: { artifactHash: true },
  });
  if (version === null) return null;
  const { featureSet } = await loadArtifact(ctx.db, version.artifactHash);
  known.set(featureSet.version, featureSet);
  return featureSet.version === decision.featureSetVersion ? featureSet : null;
}
