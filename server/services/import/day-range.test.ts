import { expect, test } from "vitest";
import { allTime, DayError, spanOf, timeRange } from "./day-range.ts";

const iso = ({ fromMs, toMs }: { fromMs: number; toMs: number }): string[] =>
  [fromMs, toMs].map((ms) => new Date(ms).toISOString());

test("days are included at both ends, in UTC", () => {
  expect(iso(spanOf("2018-07-25..2018-07-31"))).toEqual([
    "2018-07-25T00:00:00.000Z",
    "2018-08-01T00:00:00.000Z",
  ]);
  expect(iso(timeRange("2018-07-25", "2018-07-25"))).toEqual([
    "2018-07-25T00:00:00.000Z",
    "2018-07-26T00:00:00.000Z",
  ]);
});

test("a time as the end is excluded", () => {
  expect(iso(spanOf("2013-09-01..2013-09-02T09:30:00Z"))).toEqual([
    "2013-09-01T00:00:00.000Z",
    "2013-09-02T09:30:00.000Z",
  ]);
});

test("a bound left out is open", () => {
  expect(timeRange(undefined, undefined)).toEqual(allTime);
  expect(timeRange("2018-07-25", undefined).toMs).toBe(Number.POSITIVE_INFINITY);
});

test("what is no range is refused in words", () => {
  expect(() => spanOf("2018-07-25")).toThrow("2018-07-25 is not FROM..TO");
  expect(() => spanOf("a..b")).toThrow("a is neither a day such as 2018-08-01");
  expect(() => spanOf("2018-07-25..2018-02-31")).toThrow(DayError);
  expect(() => timeRange("2018-08-01", "2018-07-01")).toThrow("holds no time at all");
});
