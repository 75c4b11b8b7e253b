import type { Database } from "#server/db/client.ts";
import type { SeriesPoint } from "#server/domain/alert.ts";

/** Which windows: the newest `points` closed ones before `now`. */
export type Asked = { readonly now: Date; readonly points: number };

/** Reads windows of a series, oldest first, from counts and indexes: never a scan of all history. */
export type SeriesReader = (db: Database, asked: Asked) => Promise<SeriesPoint[]>;

/** A value that is counted in full, so that it has no interval. */
export function exactPoint(at: Date, value: number | null, sample: number): SeriesPoint {
  return { at: at.toISOString(), value, lower: null, upper: null, sample };
}
