import { Prisma } from "#server/db/generated/client.ts";
import { UNDO_SECONDS } from "#server/domain/case-words.ts";

/**
 * Second reviews `s` of cases `c` that wait and are not for somebody else: the first verdict still stands and can no
 * longer be undone, nobody holds it, and this person gave no verdict on the case.
 */
export function waitingFor(reviewerId: string, now: Date): Prisma.Sql {
  const at = now.toISOString();
  return Prisma.sql`
    from second_review s join "case" c on c.id = s.case_id
    where s.reviewed_at is null and s.sampled_at <= ${at}::timestamptz - make_interval(secs => ${UNDO_SECONDS}::int)
      and (s.reviewer_id is null or s.claimed_until <= ${at}::timestamptz)
      and c.status = 'closed' and c.closed_by_id = s.first_reviewer_id and c.disposition = s.first_disposition
      and s.first_reviewer_id <> ${reviewerId}
      and not exists (select from case_event e
        where e.case_id = s.case_id and e.kind = 'closed' and e.actor_id = ${reviewerId})`;
}
