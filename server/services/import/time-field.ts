import { z } from "zod";
import { DAY_MS } from "#server/domain/day.ts";
import { CellError, decimal, isoTimeMs } from "./cell-values.ts";
import { type Columns, FieldError, type Read } from "./field-readers.ts";

const Column = z.string().min(1);

const unitMs = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: DAY_MS,
} as const;
const timeUnits = [...(Object.keys(unitMs) as (keyof typeof unitMs)[]), "steps"] as const;

/** When a payment happened; exactly one source. */
export const TimeField = z
  .strictObject({
    column: Column.optional(),
    /** The number of the data row stands for the time: for files that have none but are in order. */
    rowNumber: z.literal(true).optional(),
    /** Columns of a year, a month (1 to 12, or its English name) and a week of the month (1 to 6); gives a day. */
    calendar: z.strictObject({ year: Column, month: Column, weekOfMonth: Column }).optional(),
    /** Left out: the column holds ISO dates, in UTC unless they say otherwise. Else: an offset in this unit. */
    unit: z.enum(timeUnits).optional(),
    origin: z.iso.datetime({ offset: true, error: "must be a time such as 2013-09-01T00:00:00Z" }).optional(),
    stepSeconds: z.number().positive().optional(),
  })
  .refine(
    (time) => [time.column, time.rowNumber, time.calendar].filter((one) => one !== undefined).length === 1,
    'needs exactly one of "column", "rowNumber" and "calendar"',
  )
  .refine(
    (time) => (time.unit === undefined) === (time.origin === undefined),
    '"unit" and "origin" go together',
  )
  .refine(
    (time) => (time.unit === "steps") === (time.stepSeconds !== undefined),
    '"stepSeconds" goes with the unit "steps"',
  )
  .refine((time) => time.rowNumber === undefined || time.unit !== undefined, '"rowNumber" needs a "unit"')
  .refine((time) => time.calendar === undefined || time.unit === undefined, '"calendar" takes no "unit"');
type TimeField = z.infer<typeof TimeField>;

/** Reads the time of a row in UTC milliseconds. @throws MappingError when a column is not in the file. */
export function timeColumn(field: TimeField, columns: Columns): Read<number> {
  const { column, calendar } = field;
  if (calendar !== undefined) return calendarReader(calendar, columns);
  const read = timeReader(field);
  return column === undefined ? (row) => read(String(row.row)) : columns.read(column, read);
}

/** The reader of a time as text: ISO times, or offsets from an origin. */
export function timeReader({ unit, origin, stepSeconds }: TimeField): (text: string) => number {
  if (unit === undefined || origin === undefined) return isoTimeMs;
  const originMs = Date.parse(origin);
  const stepMs = unit === "steps" ? (stepSeconds ?? 1) * 1_000 : unitMs[unit];
  return (text) => originMs + Math.round(decimal(text) * stepMs);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEK = 7;

/** The first day of the week of the month (weeks begin on days 1, 8, 15, ...), at most the month's last day. */
function calendarReader(calendar: NonNullable<TimeField["calendar"]>, columns: Columns): Read<number> {
  const year = columns.read(calendar.year, (text) => wholeNumber(text, 1970, 9999));
  const month = columns.read(calendar.month, monthNumber);
  const week = columns.read(calendar.weekOfMonth, (text) => wholeNumber(text, 1, 6));
  return (row) => {
    const [y, m] = [year(row), month(row)];
    const lastDay = new Date(Date.UTC(y, m, 0)).getUTCDate();
    const ms = Date.UTC(y, m - 1, Math.min((week(row) - 1) * WEEK + 1, lastDay));
    if (!Number.isFinite(ms)) throw new FieldError(calendar.year, "is a time that does not exist");
    return ms;
  };
}

function monthNumber(text: string): number {
  const named = months.indexOf(text.slice(0, 3).toLowerCase());
  return named >= 0 ? named + 1 : wholeNumber(text, 1, 12);
}

function wholeNumber(text: string, from: number, to: number): number {
  const value = decimal(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new CellError(`is not a whole number from ${from} to ${to}`);
  return value;
}
