import { exactPoint, type SeriesReader } from "./reader.ts";

/** More than this is said as this: enough for any limit, and never a long count. */
const MOST_COUNTED = 20_000;
const MINUTE_MS = 60_000;
const KEEPS_FAILING_ATTEMPTS = 3;

/** Undefined while the newest decision is of history that was scored afterwards: nobody has begun to send payments. */
export const idleMinutes: SeriesReader = async (db, { now }) => {
  const newest = await db.decision.findFirst({
    orderBy: { scoredAt: "desc" },
    select: { scoredAt: true, origin: true },
  });
  if (newest === null || newest.origin !== "live") return [exactPoint(now, null, 0)];
  const minutes = Math.max(0, Math.floor((now.getTime() - newest.scoredAt.getTime()) / MINUTE_MS));
  return [exactPoint(now, minutes, 1)];
};

export const openCases: SeriesReader = async (db, { now }) => {
  const rows = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (select from "case" where status = 'open' limit ${MOST_COUNTED}) c`;
  return [exactPoint(now, rows[0]?.n ?? 0, rows[0]?.n ?? 0)];
};

export const overdueCases: SeriesReader = async (db, { now }) => {
  const rows = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (
      select from "case" where status = 'open' and due_at <= ${now.toISOString()}::timestamptz
      limit ${MOST_COUNTED}) c`;
  return [exactPoint(now, rows[0]?.n ?? 0, rows[0]?.n ?? 0)];
};

export const webhookFailures: SeriesReader = async (db, { now }) => {
  const rows = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (
      select from webhook_delivery where status = 'pending' and attempts >= ${KEEPS_FAILING_ATTEMPTS}
      limit ${MOST_COUNTED}) d`;
  return [exactPoint(now, rows[0]?.n ?? 0, rows[0]?.n ?? 0)];
};
