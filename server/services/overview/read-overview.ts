import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ChampionInService, championInService } from "./champion-in-service.ts";
import { type DayOutcome, outcomesByDay } from "./fortnight.ts";
import { type FraudFound, fraudFoundSince } from "./fraud-found.ts";
import { type MoneySaved, moneySavedSince } from "./money-saved.ts";
import { paymentsPerMinute } from "./pace.ts";
import { countToday, type TodayGroup } from "./today.ts";
import { startOfUtcDay } from "./utc-day.ts";
import { casesWaiting, type Waiting } from "./waiting.ts";

const FORTNIGHT = 14;

export type Overview = {
  readonly at: string;
  /** today's payments by currency and outcome; a day is a UTC day */
  readonly today: readonly TodayGroup[];
  /** last 60 full minutes, oldest first */
  readonly perMinute: readonly number[];
  readonly fraudFound: readonly FraudFound[];
  readonly moneySaved: readonly MoneySaved[];
  readonly waiting: readonly Waiting[];
  readonly champion: ChampionInService | null;
  /** the days of the last fortnight, today included, oldest first; empty when no day has been counted yet */
  readonly byDay: readonly DayOutcome[];
};

/**
 * What is going on now. Every figure is bounded by today, by the last hour, by what is open or by daily counts.
 * @throws ServiceError "forbidden"
 */
export async function readOverview(ctx: ServiceContext): Promise<Overview> {
  requirePermission(ctx.actor, "analytics:read");
  const { db } = ctx;
  const now = ctx.now();
  const midnight = startOfUtcDay(now);
  const [today, perMinute, fraudFound, moneySaved, waiting, champion, byDay] = await Promise.all([
    countToday(db, midnight),
    paymentsPerMinute(db, now),
    fraudFoundSince(db, midnight),
    moneySavedSince(db, midnight),
    casesWaiting(db, now),
    championInService(db),
    outcomesByDay(db, startOfUtcDay(now, FORTNIGHT - 1)),
  ]);
  return { at: now.toISOString(), today, perMinute, fraudFound, moneySaved, waiting, champion, byDay };
}
