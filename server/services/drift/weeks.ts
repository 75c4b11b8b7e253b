import { DAY_MS } from "#server/domain/day.ts";

export const WEEK_MS = 7 * DAY_MS;
/** 1970 began on a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

/** The Monday (UTC) of the week that holds a moment. */
export function weekOf(atMs: number): number {
  return Math.floor((atMs - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS;
}

/** Mondays from one to another, the last one left out. */
export function weeksBetween(fromMs: number, toMs: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.round((toMs - fromMs) / WEEK_MS)) },
    (_, at) => fromMs + at * WEEK_MS,
  );
}
