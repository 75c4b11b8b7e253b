import type { QualityShares } from "#ml/monitoring/drift-baseline.ts";
import { type QualityChange, qualityChange } from "#ml/monitoring/quality-change.ts";
import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import type { WatchedModel } from "./watched-model.ts";

/** A feature's values as they were served on a day. */
export type ServedDay = {
  /** ISO date, UTC */
  readonly day: string;
  readonly rows: number;
  readonly missing: number;
  readonly unseen: number;
  readonly outside: number;
  /** unlike in any usual week; null where the usual is not known, for too few rows, or before the day is over */
  readonly change: QualityChange | null;
};

export type ServedFeature = {
  readonly name: string;
  /** shares of the usual weeks, least and largest; null where they are not known */
  readonly usual: QualityShares | null;
  /** oldest first; days without a payment are left out */
  readonly days: readonly ServedDay[];
};

type Asked = {
  readonly versionId: string;
  readonly from: Date;
  readonly to: Date;
  /** days from here on are not over, and are not judged: hours of a day differ by nature */
  readonly openFrom: Date;
};
type Stored = Omit<ServedDay, "change"> & { readonly feature: string };

/** Payments under which a day is not judged. */
export const LEAST_DAY_ROWS = 500;

/**
 * How whole the features of a version were, day by day from `from` up to but not including `to`, in the order of its
 * feature set: from the counts by day, so that no payment is read.
 */
export async function readServedDays(
  db: Database,
  model: Pick<WatchedModel, "reference">,
  { versionId, from, to, openFrom }: Asked,
): Promise<ServedFeature[]> {
  const [stored, usual] = await Promise.all([
    db.$queryRaw<Stored[]>(Prisma.sql`
      select to_char(day, 'YYYY-MM-DD') as day, feature, missing, unseen, outside,
        (missing + unseen + (select coalesce(sum(n), 0) from unnest(counts) n))::float8 as rows
      from feature_day where model_version_id = ${versionId} and day >= ${isoDay(from)}::date
        and day < ${isoDay(to)}::date order by day`),
    usualQuality(db, versionId),
  ]);
  const byFeature = Map.groupBy(stored, ({ feature }) => feature);
  return model.reference.features.map(({ name }, at) => {
    const own = usual[at] ?? null;
    const days = (byFeature.get(name) ?? []).map(({ feature: _, ...day }): ServedDay => {
      const isJudged = own !== null && day.rows >= LEAST_DAY_ROWS && day.day < isoDay(openFrom);
      return { ...day, change: isJudged ? qualityChange(day, day.rows, own) : null };
    });
    return { name, usual: own, days };
  });
}

async function usualQuality(db: Database, versionId: string): Promise<readonly (QualityShares | null)[]> {
  const rows = await db.$queryRaw<{ quality: (QualityShares | null)[] | null }[]>`
    select body -> 'baseline' -> 'quality' as quality from drift_baseline where model_version_id = ${versionId}`;
  return rows[0]?.quality ?? [];
}

function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
