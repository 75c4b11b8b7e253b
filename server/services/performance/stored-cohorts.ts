import type { Database } from "#server/db/client.ts";
import { BytesCache } from "#server/services/analysis/bytes-cache.ts";
import { type CohortGroups, decodeGroups } from "./cohort-groups.ts";
import type { CohortFacts } from "./cohort-of.ts";

export type StoredCohort = {
  /** its Monday, ISO date */
  readonly from: string;
  readonly facts: CohortFacts;
  readonly groups: CohortGroups;
};

const MEMORY = 48 * 2 ** 20;
const cacheOf = new WeakMap<Database, BytesCache<CohortGroups>>();

function cacheFor(db: Database): BytesCache<CohortGroups> {
  const known = cacheOf.get(db);
  if (known !== undefined) return known;
  const cache = new BytesCache<CohortGroups>(MEMORY);
  cacheOf.set(db, cache);
  return cache;
}

/** The newest weeks of a version, oldest first; groups that have not changed since they were last read come from memory. */
export async function storedCohorts(
  db: Database,
  modelVersionId: string,
  weeks: number,
): Promise<StoredCohort[]> {
  const cache = cacheFor(db);
  const listed = await db.performanceCohort.findMany({
    where: { modelVersionId },
    orderBy: { week: "desc" },
    take: weeks,
    select: { week: true, basis: true, body: true },
  });
  const keyOf = (week: Date, basis: string): string => `${modelVersionId} ${week.getTime()} ${basis}`;
  const missing = listed.filter(({ week, basis }) => cache.get(keyOf(week, basis)) === null);
  const read = await db.performanceCohort.findMany({
    where: { modelVersionId, week: { in: missing.map(({ week }) => week) } },
    select: { week: true, basis: true, groups: true },
  });
  const decoded = new Map(read.map(({ week, groups }) => [week.getTime(), decodeGroups(groups)]));
  for (const { week, basis } of read) {
    const groups = decoded.get(week.getTime());
    if (groups !== undefined) cache.set(keyOf(week, basis), groups, groups.sums.byteLength * 1.1);
  }
  return listed.reverse().flatMap(({ week, basis, body }) => {
    const groups = decoded.get(week.getTime()) ?? cache.get(keyOf(week, basis));
    if (groups === null) return []; // written anew in between: the next look has it
    return { from: week.toISOString().slice(0, 10), facts: body as unknown as CohortFacts, groups };
  });
}
