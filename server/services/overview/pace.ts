import type { Database } from "#server/db/client.ts";

const MINUTE_MS = 60_000;
const MINUTES = 60;

/** Payments scored live in each of the last 60 full minutes, oldest first; the running minute is left out. */
export async function paymentsPerMinute(db: Database, now: Date): Promise<number[]> {
  const end = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  const start = new Date(end.getTime() - MINUTES * MINUTE_MS);
  const rows = await db.$queryRaw<{ minute: number; payments: number }[]>`
    select floor(extract(epoch from scored_at - ${start}::timestamptz) / 60)::int4 as minute,
           count(*)::float8 as payments
    from decision where scored_at >= ${start} and scored_at < ${end} and origin = 'live' group by 1`;
  const counts = new Map(rows.map((row) => [row.minute, row.payments]));
  return Array.from({ length: MINUTES }, (_, minute) => counts.get(minute) ?? 0);
}
