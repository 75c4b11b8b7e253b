import type { FeatureSet } from "#ml/features/feature-set.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { compileRules } from "#server/domain/rule/apply-rules.ts";
import { RuleSet } from "#server/domain/rule/rule-set.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { loadArtifact } from "./artifact-store.ts";

/** The features that a version reads, once its artefact is known to be usable. @throws ServiceError "invalid" */
export async function requireServable(tx: Tx, version: ModelVersion): Promise<FeatureSet> {
  try {
    const { featureSet } = loadScorer(await loadArtifact(tx, version.artifactHash));
    if (featureSet.version === version.featureSetVersion) return featureSet;
  } catch (cause) {
    throw new ServiceError("invalid", `Version ${version.number} can't be loaded here: ${reason(cause)}`, {
      cause,
    });
  }
  throw new ServiceError("invalid", `Version ${version.number} reads another feature set than it says.`);
}

/**
 * The active rules must find the features that they name, or they would fall silent with the promotion.
 * @throws ServiceError "invalid" with the rules that would
 */
export async function requireRulesReadable(
  tx: Tx,
  version: ModelVersion,
  features: FeatureSet,
): Promise<void> {
  const active = await tx.ruleSetVersion.findFirst({ where: { status: "active" } });
  if (active === null) return;
  const served = await tx.modelVersion.findFirst({ where: { status: "champion" } });
  if (served?.featureSetVersion === features.version) return;
  const { troubles } = compileRules(RuleSet.parse(active.body), { features: features.definitions });
  if (troubles.length === 0) return;
  throw new ServiceError(
    "invalid",
    `The active rules don't fit version ${version.number}: ${troubles.join("; ").replaceAll("the model in service", "it")}. Change the rules first.`,
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
