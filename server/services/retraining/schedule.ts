import { DAY_MS } from "#server/domain/day.ts";
import type { RetrainingSettings } from "#server/domain/retraining-settings.ts";

type Schedule = RetrainingSettings["schedule"];

/** The latest time of the schedule at or before `now`; null when it is off. */
export function latestTime({ every, hourUtc, weekday }: Schedule, now: Date): Date | null {
  if (every === "off") return null;
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hourUtc);
  const daysBack = every === "day" ? 0 : (now.getUTCDay() - weekday + 7) % 7;
  const time = today - daysBack * DAY_MS;
  return new Date(time <= now.getTime() ? time : time - period(every));
}

/** The first time of the schedule after `now`; null when it is off. */
export function nextTime(schedule: Schedule, now: Date): Date | null {
  const latest = latestTime(schedule, now);
  return latest === null ? null : new Date(latest.getTime() + period(schedule.every));
}

function period(every: Schedule["every"]): number {
  return every === "day" ? DAY_MS : 7 * DAY_MS;
}
