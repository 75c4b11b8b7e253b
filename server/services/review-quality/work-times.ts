import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { qualityFloors } from "#server/domain/review-quality.ts";
import type { QualityScope } from "./scope.ts";

/** Middle and 90th percentile; null under the floor of timed cases. */
export type Spread = { readonly median: number; readonly p90: number };

export type WorkTimes = {
  readonly cases: number;
  readonly notSure: number;
  readonly seconds: Spread | null;
  readonly keystrokes: Spread | null;
};

type Row = {
  userId: string;
  cases: number;
  notSure: number;
  seconds: [median: number, p90: number];
  keystrokes: [median: number, p90: number];
};

/** What each person's cases took, from opening to verdict; percentiles are PostgreSQL's continuous ones. */
export async function workTimes(
  db: Database,
  { from, to, userId }: QualityScope,
): Promise<ReadonlyMap<string, WorkTimes>> {
  const whose = userId === null ? Prisma.empty : Prisma.sql`and user_id = ${userId}`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    select user_id as "userId", count(*)::int as cases,
      count(*) filter (where disposition = 'not_sure')::int as "notSure",
      percentile_cont(array[0.5, 0.9]) within group (order by seconds) as seconds,
      percentile_cont(array[0.5, 0.9]) within group (order by keystrokes) as keystrokes
    from case_work
    where at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz ${whose}
    group by user_id`);
  return new Map(
    rows.map(({ userId: id, cases, notSure, ...spreads }) => {
      const spread = ([median, p90]: [number, number]): Spread | null =>
        cases < qualityFloors.timed ? null : { median, p90 };
      return [
        id,
        { cases, notSure, seconds: spread(spreads.seconds), keystrokes: spread(spreads.keystrokes) },
      ];
    }),
  );
}
