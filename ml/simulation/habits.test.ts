import { expect, test } from "vitest";
import { activity, habits } from "./habits.ts";

const HOURS_TO_SUNDAY = Date.UTC(2026, 7, 2) / 3_600_000; // a Sunday

test("every habit's hours sum to one day and its week to seven", () => {
  for (const habit of habits) {
    const day = habit.hourShare.reduce((sum, share) => sum + share, 0);
    const week = habit.weekdayFactor.reduce((sum, factor) => sum + factor, 0);
    expect(day).toBeCloseTo(1, 12);
    expect(week).toBeCloseTo(7, 12);
  }
});

test("a whole week of activity is seven days' worth, from whichever hour it starts", () => {
  for (const habit of habits) {
    for (const start of [0, HOURS_TO_SUNDAY + 5, -1000]) {
      let total = 0;
      for (let hour = 0; hour < 168; hour++) total += activity(habit, start + hour);
      expect(total).toBeCloseTo(7, 10);
    }
  }
});

test("Sunday's factor is the first of the week, and Saturday's the last", () => {
  for (const habit of habits) {
    const noon = habit.hourShare[12] ?? Number.NaN;
    expect(activity(habit, HOURS_TO_SUNDAY + 12)).toBeCloseTo(noon * (habit.weekdayFactor[0] ?? 0), 12);
    expect(activity(habit, HOURS_TO_SUNDAY - 12)).toBeCloseTo(noon * (habit.weekdayFactor[6] ?? 0), 12);
  }
});

test("nobody sleeps through the whole night, but four in the morning is quieter than noon", () => {
  for (const habit of habits) {
    expect(habit.hourShare[4]).toBeGreaterThan(0);
    expect(habit.hourShare[4] ?? 1).toBeLessThan(habit.hourShare[12] ?? 0);
  }
});
