import { type Family, families } from "#ml/models/model.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { ModelStatus } from "#server/domain/model-version.ts";

/** A model version as it is listed. Times are ISO 8601 UTC. */
export type ModelView = {
  readonly id: string;
  readonly number: number;
  readonly status: ModelStatus;
  readonly family: Family;
  readonly featureSetName: string;
  readonly featureSetVersion: string;
  readonly artifactHash: string;
  readonly createdAt: string;
  readonly trainedFrom: string;
  readonly trainedTo: string;
  readonly promotedAt: string | null;
  readonly retiredAt: string | null;
  readonly trainingRunId: string | null;
};

export function modelView(version: ModelVersion): ModelView {
  return {
    id: version.id,
    number: version.number,
    status: ModelStatus.parse(version.status),
    family: familyOf(version.family),
    featureSetName: version.featureSetName,
    featureSetVersion: version.featureSetVersion,
    artifactHash: version.artifactHash,
    createdAt: version.createdAt.toISOString(),
    trainedFrom: version.trainedFrom.toISOString(),
    trainedTo: version.trainedTo.toISOString(),
    promotedAt: version.promotedAt?.toISOString() ?? null,
    retiredAt: version.retiredAt?.toISOString() ?? null,
    trainingRunId: version.trainingRunId,
  };
}

function familyOf(name: string): Family {
  const family = families.find((known) => known === name);
  if (family === undefined) throw new RangeError(`model family ${name} is unknown to this version`);
  return family;
}
