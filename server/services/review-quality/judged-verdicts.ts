import { Prisma } from "#server/db/generated/client.ts";
import { labelSources } from "#server/domain/label.ts";
import type { QualityScope } from "./scope.ts";

/**
 * Verdicts of the scope that were not taken back, each beside what others said of the payment later: the strongest
 * source's last label, chargebacks first. What was known before the verdict is no judgement of it.
 */
export function judgedVerdicts({ from, to, userId }: QualityScope): Prisma.Sql {
  const whose = userId === null ? Prisma.empty : Prisma.sql`and v.actor_id = ${userId}`;
  return Prisma.sql`
    select v.seq, v.transaction_id, v.label as verdict, v.actor_id, v.recorded_at as given_at, t.occurred_at,
      t.amount_minor, t.currency, later.label as truth, later.source as truth_source, later.recorded_at as truth_at
    from label v
    join transaction t on t.id = v.transaction_id
    left join lateral (
      select o.label, o.source, o.recorded_at from label o
      where o.transaction_id = v.transaction_id and o.seq > v.seq and o.source <> 'analyst'
        and not exists (select from label_withdrawal w where w.label_seq = o.seq)
      order by array_position(${[...labelSources]}::text[], o.source) desc, o.seq desc limit 1
    ) later on true
    where v.source = 'analyst' and v.actor_kind = 'user' and v.recorded_at >= ${from.toISOString()}::timestamptz
      and v.recorded_at < ${to.toISOString()}::timestamptz ${whose}
      and not exists (select from label_withdrawal w where w.label_seq = v.seq)`;
}
