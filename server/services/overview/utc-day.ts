import { DAY_MS } from "#server/domain/day.ts";
/** Midnight UTC of the day that `now` lies in, `daysBack` days before it. */
export function startOfUtcDay(now: Date, daysBack = 0): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - daysBack * DAY_MS);
}
