import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { RuleFeature } from "#server/domain/rule/vocabulary.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { artifactFacts } from "#server/services/model/artifact-facts.ts";

/** The features that rules may name: those of the model in service, or the default ones before there is one. */
export async function servedFeatureSet(db: Database | Tx): Promise<FeatureSet> {
  const champion = await db.modelVersion.findFirst({ where: { status: "champion" } });
  return champion === null ? defaultFeatureSet : (await artifactFacts(db, champion.artifactHash)).featureSet;
}

/** @throws ServiceError "forbidden" */
export async function ruleFeatures(ctx: ServiceContext): Promise<RuleFeature[]> {
  requirePermission(ctx.actor, "rule:read");
  const { definitions } = await servedFeatureSet(ctx.db);
  return definitions.map(({ name, unit, text }) => ({ name, unit, text }));
}
