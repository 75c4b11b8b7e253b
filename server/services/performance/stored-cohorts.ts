import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
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
  const listed = await db.$queryRaw<Listed[]>(Prisma.sql`
    select to_char(week, 'YYYY-MM-DD') as "from", basis, body from performance_cohort
    where model_version_id = ${modelVersionId} order by week desc limit ${weeks}`);
  const keyOf = ({ from, basis }: Pick<Listed, "from" | "basis">): string =>
    `${modelVersionId} ${from} ${basis}`;
  const missing = listed.filter((cohort) => cache.get(keyOf(cohort)) === null).map(({ from }) => from);
  const read = missing.length === 0 ? [] : await readGroups(db, modelVersionId, missing);
  const decoded = new Map(read.map(({ from, groups }) => [from, decodeGroups(groups)]));
  for (const cohort of read) {
    const groups = decoded.get(cohort.from);
    if (groups !== undefined) cache.set(keyOf(cohort), groups, groups.sums.byteLength * 1.1);
  }
  return listed.reverse().flatMap((cohort) => {
    const groups = decoded.get(cohort.from) ?? cache.get(keyOf(cohort));
    if (groups === null) return []; // written anew in between: the next look has it
    return { from: cohort.from, facts: cohort.body, groups };
  });
}

type Listed = { readonly from: string; readonly basis: string; readonly body: CohortFacts };
type Read = { readonly from: string; readonly basis: string; readonly groups: Uint8Array };

function readGroups(db: Database, modelVersionId: string, weeks: readonly string[]): Promise<Read[]> {
  return db.$queryRaw<Read[]>(Prisma.sql`
    select to_char(week, 'YYYY-MM-DD') as "from", basis, groups from performance_cohort
    where model_version_id = ${modelVersionId} and week = any(${[...weeks]}::date[])`);
}
