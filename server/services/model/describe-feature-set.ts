import { z } from "zod";
import { featureSetByName } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Database } from "#server/db/client.ts";
import { ModelStatus } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolveFeatureSet } from "#server/services/training/feature-set.ts";
import { readReplayCheck, type StoredReplayCheck } from "#server/services/training/stored-replay-check.ts";
import { artifactFacts } from "./artifact-facts.ts";
import { type FeatureView, featureViews } from "./feature-view.ts";

export const DescribeFeatureSetInput = z.strictObject({
  /** null: the champion's; without a champion the set that the next training uses */
  version: z.string().min(1).max(200).nullable().default(null),
});
export type DescribeFeatureSetInput = z.infer<typeof DescribeFeatureSetInput>;

/** A set that can be looked at, with the versions that read it, newest first. */
export type KnownFeatureSet = {
  readonly version: string;
  readonly name: string;
  readonly modelVersions: readonly number[];
  readonly isChampions: boolean;
  readonly isNext: boolean;
};

export type FeatureSetView = {
  readonly name: string;
  readonly version: string;
  readonly features: readonly FeatureView[];
  /** whose reference and importance are shown; null when no model has read this set */
  readonly model: {
    readonly number: number;
    readonly status: ModelStatus;
    readonly family: string;
    readonly referenceFrom: string;
    readonly referenceTo: string;
    readonly referenceRows: number;
  } | null;
  readonly known: readonly KnownFeatureSet[];
  /** result of the latest replay check of this set; null when none was made */
  readonly replayCheck: StoredReplayCheck | null;
};

/**
 * The features of a set: what each measures, and how a model that reads them sees them.
 * @throws ServiceError "forbidden", or "not_found" when no model reads a set of that version and no training would
 */
export async function describeFeatureSet(
  ctx: ServiceContext,
  { version }: DescribeFeatureSetInput,
): Promise<FeatureSetView> {
  requirePermission(ctx.actor, "model:read");
  const { db } = ctx;
  const next = await resolveFeatureSet(db);
  const rows = await readersOf(db);
  const champion = rows.find((row) => row.status === "champion");
  const wanted = version ?? champion?.featureSetVersion ?? next.version;
  const readers = rows.filter((row) => row.featureSetVersion === wanted);
  const reader = readers.find((row) => row.status === "champion") ?? readers[0] ?? null;
  const shared = { known: knownSets(rows, next), replayCheck: await readReplayCheck(db, wanted) };
  if (reader === null) {
    const set = [next, featureSetByName("handbook")].find((each) => each.version === wanted);
    if (set === undefined) throw new ServiceError("not_found", `There is no feature set ${wanted}.`);
    return {
      name: set.name,
      version: set.version,
      features: featureViews(set, null),
      model: null,
      ...shared,
    };
  }
  const { featureSet, reference, slices, importance = [] } = await artifactFacts(db, reader.artifactHash);
  return {
    name: featureSet.name,
    version: featureSet.version,
    features: featureViews(featureSet, { reference: reference.features, importance }),
    model: {
      number: reader.number,
      status: ModelStatus.parse(reader.status),
      family: reader.family,
      referenceFrom: new Date(slices.validation.fromMs).toISOString(),
      referenceTo: new Date(slices.validation.toMs).toISOString(),
      referenceRows: slices.validation.rows,
    },
    ...shared,
  };
}

type Reader = {
  readonly number: number;
  readonly status: string;
  readonly family: string;
  readonly featureSetName: string;
  readonly featureSetVersion: string;
  readonly artifactHash: string;
};

const MOST_READERS = 500;

function readersOf(db: Database): Promise<Reader[]> {
  return db.modelVersion.findMany({
    select: {
      number: true,
      status: true,
      family: true,
      featureSetName: true,
      featureSetVersion: true,
      artifactHash: true,
    },
    orderBy: { number: "desc" },
    take: MOST_READERS,
  });
}

function knownSets(rows: readonly Reader[], next: FeatureSet): KnownFeatureSet[] {
  const names = new Map([[next.version, next.name]]);
  for (const row of rows) names.set(row.featureSetVersion, row.featureSetName);
  return [...names].map(([version, name]) => {
    const readers = rows.filter((row) => row.featureSetVersion === version);
    return {
      version,
      name,
      modelVersions: readers.map(({ number }) => number),
      isChampions: readers.some(({ status }) => status === "champion"),
      isNext: version === next.version,
    };
  });
}
