import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";

/** For so long what was sent, or given up, can be looked at and sent again. */
const KEEP_DELIVERIES_MS = 7 * DAY_MS;
/** For so long an event that no endpoint wanted is kept. */
const KEEP_UNWANTED_MS = DAY_MS;
/** What waited so long for a disabled endpoint is given up. */
const GIVE_UP_MS = 5 * DAY_MS;

/** Removes up to `limit` of each kind of what is kept no longer. Returns how many rows went. */
export async function cleanOutbox(db: Database, now: Date, limit: number): Promise<number> {
  const before = (ms: number): string => new Date(now.getTime() - ms).toISOString();
  await db.$executeRaw`
    update webhook_delivery set status = 'failed', ended_at = ${now.toISOString()}::timestamptz,
      error = coalesce(error, 'its endpoint was disabled')
    where id in (select d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
      where d.status = 'pending' and e.disabled_at is not null
        and d.next_attempt_at < ${before(GIVE_UP_MS)}::timestamptz limit ${limit})`;
  const sent = await db.$executeRaw`
    with gone as (delete from webhook_delivery where id in (
      select id from webhook_delivery where ended_at < ${before(KEEP_DELIVERIES_MS)}::timestamptz
      order by ended_at limit ${limit} for update skip locked) returning event_id)
    update outbox_event e set endpoints = e.endpoints - gone.n
    from (select event_id, count(*)::int as n from gone group by 1) gone where e.id = gone.event_id`;
  const unwanted = await db.$executeRaw`
    delete from outbox_event where id in (
      select id from outbox_event where delivered_at < ${before(KEEP_UNWANTED_MS)}::timestamptz and endpoints = 0
      order by delivered_at limit ${limit} for update skip locked)`;
  return sent + unwanted;
}
