import { callerFor, type Desk } from "./desk.ts";
import { Latency } from "./latency.ts";
import { RACE_QUEUE } from "./setup/case-sql.ts";
import { analystIds } from "./setup/fill-review.ts";

export type Race = {
  readonly cases: number;
  /** how many of them were given to somebody */
  readonly claimed: number;
  /** how many were given to more than one, by what the claimers got or by what the timelines say */
  readonly claimedTwice: number;
  readonly latency: Latency;
};

/** All claimers at once ask for the next case of one queue until nothing is left in it. */
export async function raceForCases(desk: Desk, claimers: number): Promise<Race> {
  await freeTheQueue(desk);
  const since = await lastEvent(desk);
  const cases = await desk.db.case.count({ where: { queueId: RACE_QUEUE, status: "open" } });
  const latency = new Latency(`Next case, ${claimers} at once`);
  const taken: string[] = [];
  const claim = async (id: string): Promise<void> => {
    const caller = callerFor(desk, "analyst", id);
    for (;;) {
      const next = await latency.measure(() => caller.case.next({ queueId: RACE_QUEUE }));
      if (next === null) return;
      taken.push(next.id);
    }
  };
  const who = analystIds.slice(0, claimers);
  await Promise.all(who.map(() => desk.db.$queryRaw`select pg_sleep(0.2)::text`)); // a connection for each
  await Promise.all(who.map(claim));
  const claimed = new Set(taken);
  const recorded = await claimedTwiceByTimeline(desk, since);
  await freeTheQueue(desk);
  return {
    cases,
    claimed: claimed.size,
    claimedTwice: Math.max(taken.length - claimed.size, recorded),
    latency,
  };
}

async function lastEvent({ pool }: Desk): Promise<number> {
  const { rows } = await pool.query<{ seq: number }>("select coalesce(max(seq), 0) as seq from case_event");
  return rows[0]?.seq ?? 0;
}

async function claimedTwiceByTimeline({ pool }: Desk, since: number): Promise<number> {
  const { rows } = await pool.query<{ twice: number }>(
    `select count(*)::int as twice from (
       select case_id from case_event e join "case" c on c.id = e.case_id
       where c.queue_id = $1 and e.kind = 'claimed' and e.seq > $2 group by case_id having count(*) > 1) n`,
    [RACE_QUEUE, since],
  );
  return rows[0]?.twice ?? 0;
}

/** As it was filled, so that every run begins alike. */
async function freeTheQueue({ pool }: Desk): Promise<void> {
  await pool.query(
    `update "case" set assignee_id = null, claimed_until = null where queue_id = $1 and claimed_until is not null`,
    [RACE_QUEUE],
  );
}
