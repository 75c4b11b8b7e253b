import { expect, test } from "vitest";
import type { CsvRow } from "./csv-source.ts";
import { Columns } from "./field-readers.ts";
import { TimeField, timeColumn, timeReader } from "./time-field.ts";

const origin = "2013-09-01T00:00:00Z";

/** The time that a field gives for a row, as ISO text. */
function timeOf(field: object, cells: Record<string, string>, row = 1): string {
  const columns = new Columns("mine", Object.keys(cells), (text) => text);
  const csvRow: CsvRow = { line: row + 1, row, cells: Object.values(cells) };
  return new Date(timeColumn(TimeField.parse(field), columns)(csvRow)).toISOString();
}

test("offsets count from their origin in their unit", () => {
  const read = (unit: "seconds" | "hours" | "days", text: string): string =>
    new Date(timeReader({ column: "t", unit, origin })(text)).toISOString();
  expect(read("seconds", "172792")).toBe("2013-09-02T23:59:52.000Z");
  expect(read("hours", "25")).toBe("2013-09-02T01:00:00.000Z");
  expect(read("days", "179")).toBe("2014-02-27T00:00:00.000Z");
  const steps = timeReader({ column: "t", unit: "steps", origin, stepSeconds: 0.5 });
  expect(steps("3")).toBe(Date.parse(origin) + 1_500);
});

test("the number of the row stands for a time that the file does not have", () => {
  const field = { rowNumber: true, unit: "steps", stepSeconds: 60, origin };
  expect(timeOf(field, { a: "x" }, 90)).toBe("2013-09-01T01:30:00.000Z");
});

const calendar = { calendar: { year: "Year", month: "Month", weekOfMonth: "Week" } };
const dayOf = (Year: string, Month: string, Week: string): string =>
  timeOf(calendar, { Year, Month, Week }).slice(0, 10);

test("a year, a month and a week of it are the first day of that week, within the month", () => {
  expect(dayOf("1994", "Dec", "5")).toBe("1994-12-29");
  expect(dayOf("1995", "January", "1")).toBe("1995-01-01");
  expect(dayOf("1996", "2", "5")).toBe("1996-02-29");
  expect(dayOf("1995", "Feb", "5")).toBe("1995-02-28");
  expect(dayOf("1995", "Feb", "6")).toBe("1995-02-28");
});

test.each([
  ["1995", "Smarch", "1", "is not a number"],
  ["1995", "13", "1", "is not a whole number from 1 to 12"],
  ["1995", "Jan", "0", "is not a whole number from 1 to 6"],
  ["95", "Jan", "1", "is not a whole number from 1970 to 9999"],
])("year %s, month %s and week %s are refused: %s", (year, month, week, reason) => {
  expect(() => dayOf(year, month, week)).toThrow(reason);
});
