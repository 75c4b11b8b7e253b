import fc from "fast-check";
import { expect, test } from "vitest";
import { latestTime, nextTime } from "./schedule.ts";

const daily = { every: "day", hourUtc: 3, weekday: 0 } as const;
const weekly = { every: "week", hourUtc: 22, weekday: 5 } as const; // Fridays
const at = (text: string) => new Date(text);

test("a day's time is today's once it has come, else yesterday's", () => {
  expect(latestTime(daily, at("2026-11-21T02:59:59Z"))).toEqual(at("2026-11-20T03:00:00Z"));
  expect(latestTime(daily, at("2026-11-21T03:00:00Z"))).toEqual(at("2026-11-21T03:00:00Z"));
  expect(nextTime(daily, at("2026-11-21T03:00:00Z"))).toEqual(at("2026-11-22T03:00:00Z"));
});

test("a week's time is on its weekday, also on that day before its hour", () => {
  expect(latestTime(weekly, at("2026-11-21T00:00:00Z"))).toEqual(at("2026-11-20T22:00:00Z"));
  expect(latestTime(weekly, at("2026-11-20T21:00:00Z"))).toEqual(at("2026-11-13T22:00:00Z"));
  expect(nextTime(weekly, at("2026-11-20T21:00:00Z"))).toEqual(at("2026-11-20T22:00:00Z"));
});

test("off has no times", () => {
  const off = { ...daily, every: "off" } as const;
  expect([latestTime(off, new Date(0)), nextTime(off, new Date(0))]).toEqual([null, null]);
});

test("whatever the moment, it lies between the latest time and the next, which are of the schedule", () => {
  const moments = fc.date({
    min: at("2000-01-01T00:00:00Z"),
    max: at("2100-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(
      moments,
      fc.constantFrom("day" as const, "week" as const),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 6 }),
      (now, every, hourUtc, weekday) => {
        const schedule = { every, hourUtc, weekday };
        const [latest, next] = [latestTime(schedule, now), nextTime(schedule, now)];
        expect(latest?.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(next?.getTime()).toBeGreaterThan(now.getTime());
        expect(latest?.getUTCHours()).toBe(hourUtc);
        if (every === "week") expect(latest?.getUTCDay()).toBe(weekday);
      },
    ),
  );
});
