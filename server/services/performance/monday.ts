import { DAY_MS } from "#server/domain/day.ts";

/** Start of the week of a day, in ms; 1 January 1970 was a Thursday. */
export function mondayOf(dayMs: number): number {
  const days = dayMs / DAY_MS;
  return (days - ((((days + 3) % 7) + 7) % 7)) * DAY_MS;
}
