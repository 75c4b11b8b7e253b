const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Hours since midnight, UTC, with fractions. */
export function hoursOfDay(atMs: number): number {
  return (atMs - Math.floor(atMs / DAY_MS) * DAY_MS) / HOUR_MS;
}

/** Weekday in UTC: 0 is Monday; 1970-01-01 was a Thursday. */
export function weekdayOf(atMs: number): number {
  const days = Math.floor(atMs / DAY_MS) + 3;
  return days - Math.floor(days / 7) * 7;
}
