import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import { MIN_DRIFT_ROWS } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { byDrift, type FeatureDriftView, featureDrift, type NamedCounts } from "./feature-drift.ts";
import { type DriftReference, referenceOfArtifact } from "./reference.ts";

export const ReadDriftInput = z.strictObject({ days: z.int().min(1).max(90).default(7) });
export type ReadDriftInput = z.infer<typeof ReadDriftInput>;

export type ChampionOfDrift = {
  readonly id: string;
  readonly number: number;
  readonly family: string;
  /** the newest window it learned from, ISO 8601 UTC, `to` exclusive */
  readonly referenceFrom: string;
  readonly referenceTo: string;
  readonly referenceRows: number;
};

export type DriftView =
  | { readonly status: "no_champion" }
  | { readonly status: "nothing_counted"; readonly champion: ChampionOfDrift }
  | {
      readonly status: "read";
      readonly champion: ChampionOfDrift;
      /** first and last day counted, ISO dates, inclusive */
      readonly from: string;
      readonly to: string;
      readonly rows: number;
      readonly floor: { readonly needed: number; readonly met: boolean };
      readonly score: FeatureDriftView;
      /** worst first */
      readonly features: readonly FeatureDriftView[];
    };

const SCORE = "score";
/** Aggregates that tell the date, not the payment. */
const calendar: ReadonlySet<string> = new Set(["weekday", "weekend"]);

/**
 * How far the champion's features and scores of the last days moved from its training reference. The last day is the
 * newest one counted. Under 500 payments nothing is said about drift.
 * @throws ServiceError "forbidden"
 */
export async function readDrift(ctx: ServiceContext, { days }: ReadDriftInput): Promise<DriftView> {
  requirePermission(ctx.actor, "analytics:read");
  const version = await ctx.db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return { status: "no_champion" };
  const reference = await referenceOfArtifact(ctx.db, version.artifactHash);
  const champion = championOf(version, reference);
  const counted = await countsByFeature(ctx.db, version.id, days);
  if (counted === null) return { status: "nothing_counted", champion };
  const score = featureDrift(
    reference.score,
    { text: "score", unit: "ratio" },
    counted.byFeature.get(SCORE) ?? [],
  );
  const features = reference.features
    .map((feature) => {
      const definition = reference.definitions.get(feature.name);
      const words = {
        text: definition?.text ?? feature.name,
        unit: definition?.unit ?? "number",
        isCalendar: calendar.has(definition?.aggregate ?? ""),
      };
      return featureDrift(feature, words, counted.byFeature.get(feature.name) ?? []);
    })
    .sort(byDrift);
  const rows = Math.max(score.rows, ...features.map((feature) => feature.rows));
  return {
    status: "read",
    champion,
    from: counted.from,
    to: counted.to,
    rows,
    floor: { needed: MIN_DRIFT_ROWS, met: rows >= MIN_DRIFT_ROWS },
    score,
    features,
  };
}

type Counted = {
  readonly from: string;
  readonly to: string;
  readonly byFeature: ReadonlyMap<string, NamedCounts[]>;
};

async function countsByFeature(db: Database, modelVersionId: string, days: number): Promise<Counted | null> {
  const newest = await db.featureDay.findFirst({
    where: { modelVersionId },
    orderBy: { day: "desc" },
    select: { day: true },
  });
  if (newest === null) return null;
  const from = new Date(newest.day.getTime() - (days - 1) * DAY_MS);
  const rows = await db.featureDay.findMany({
    where: { modelVersionId, day: { gte: from, lte: newest.day } },
    orderBy: { day: "asc" },
  });
  const named = rows.map((row) => ({ ...row, day: isoDate(row.day) }));
  return {
    from: isoDate(from),
    to: isoDate(newest.day),
    byFeature: Map.groupBy(named, (row) => row.feature),
  };
}

function championOf(
  version: { id: string; number: number; family: string },
  { slice }: DriftReference,
): ChampionOfDrift {
  return {
    id: version.id,
    number: version.number,
    family: version.family,
    referenceFrom: new Date(slice.fromMs).toISOString(),
    referenceTo: new Date(slice.toMs).toISOString(),
    referenceRows: slice.rows,
  };
}

function isoDate(day: Date): string {
  return day.toISOString().slice(0, 10);
}
