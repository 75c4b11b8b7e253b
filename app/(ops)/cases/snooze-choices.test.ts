import { expect, test } from "vitest";
import { snoozeChoices } from "./snooze-choices.ts";

const untils = (now: string): string[] =>
  snoozeChoices(new Date(now)).map(({ until }) => until.toISOString());

test("an hour, four hours, tomorrow morning and Monday morning", () => {
  expect(untils("2026-11-20T22:30:00.000Z")).toEqual([
    "2026-11-20T23:30:00.000Z",
    "2026-11-21T02:30:00.000Z",
    "2026-11-21T08:00:00.000Z",
    "2026-11-23T08:00:00.000Z",
  ]);
});

test.each([
  ["Sunday", "2026-11-22T10:00:00.000Z", "2026-11-23T08:00:00.000Z"],
  ["Monday", "2026-11-23T07:00:00.000Z", "2026-11-30T08:00:00.000Z"],
  ["the last day of the year", "2026-12-31T10:00:00.000Z", "2027-01-04T08:00:00.000Z"],
])("on %s, Monday is the next one", (_, now, monday) => {
  expect(untils(now).at(-1)).toBe(monday);
});
