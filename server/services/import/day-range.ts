import { DAY_MS } from "#server/domain/day.ts";
import { CellError, isoTimeMs } from "./cell-values.ts";

/** Half-open, UTC milliseconds. */
export type TimeRange = { readonly fromMs: number; readonly toMs: number };

export const allTime: TimeRange = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

/** Neither a day nor a time. */
export class DayError extends Error {}

/**
 * The range of two days, both included, or of two times, the second one excluded. A bound left out is open.
 * @throws DayError when a bound is neither, or the range is empty.
 */
export function timeRange(from: string | undefined, to: string | undefined): TimeRange {
  const fromMs = from === undefined ? allTime.fromMs : momentMs(from);
  const toMs = to === undefined ? allTime.toMs : momentMs(to) + (isDay(to) ? DAY_MS : 0);
  if (!(fromMs < toMs)) throw new DayError(`${from} to ${to} holds no time at all.`);
  return { fromMs, toMs };
}

/** "2018-07-25..2018-07-31" as a range. @throws DayError */
export function spanOf(text: string): TimeRange {
  const [from, to, ...more] = text.split("..");
  if (!from || !to || more.length > 0)
    throw new DayError(`${text} is not FROM..TO, as 2018-07-25..2018-07-31.`);
  return timeRange(from, to);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function momentMs(text: string): number {
  try {
    return isoTimeMs(text);
  } catch (error) {
    if (error instanceof CellError) {
      throw new DayError(
        `${text} is neither a day such as 2018-08-01 nor a time such as 2018-08-01T12:00:00Z.`,
      );
    }
    throw error;
  }
}
