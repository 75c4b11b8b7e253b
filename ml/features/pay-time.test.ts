import fc from "fast-check";
import { expect, test } from "vitest";
import { hoursOfDay, weekdayOf } from "./pay-time.ts";

test("hours and weekday are those of UTC, also before 1970", () => {
  expect(hoursOfDay(Date.UTC(2026, 0, 1, 13, 30))).toBe(13.5);
  expect(weekdayOf(Date.UTC(2026, 0, 1))).toBe(3);
  expect(hoursOfDay(-1)).toBeCloseTo(24, 6);
  expect(weekdayOf(-1)).toBe(2);
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), (atMs) => {
      const at = new Date(atMs);
      expect(Math.floor(hoursOfDay(atMs))).toBe(at.getUTCHours());
      expect(weekdayOf(atMs)).toBe((at.getUTCDay() + 6) % 7);
    }),
  );
});
