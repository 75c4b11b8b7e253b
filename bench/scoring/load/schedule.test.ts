import { expect, test } from "vitest";
import { poissonSchedule } from "./schedule.ts";

function timesOf(rate: number, seconds: number, seed: number): number[] {
  const schedule = poissonSchedule(rate, seconds, seed);
  const times: number[] = [];
  for (let next = schedule.nextMs; next !== null; next = schedule.nextMs) {
    times.push(next);
    schedule.advance();
  }
  return times;
}

test("as many arrivals as the rate says, in order and within the time", () => {
  const times = timesOf(500, 100, 1);
  expect(Math.abs(times.length - 50_000)).toBeLessThan(4 * Math.sqrt(50_000));
  expect(times.every((time, i) => time >= (times[i - 1] ?? 0) && time < 100_000)).toBe(true);
});

test("gaps are exponential: their mean is 1/rate and a share of 1/e is longer than it", () => {
  const times = timesOf(1_000, 60, 2);
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  expect(mean).toBeCloseTo(1, 1);
  expect(gaps.filter((gap) => gap > mean).length / gaps.length).toBeCloseTo(Math.exp(-1), 2);
});

test("the same seed gives the same arrivals, another seed others", () => {
  expect(timesOf(50, 2, 3)).toEqual(timesOf(50, 2, 3));
  expect(timesOf(50, 2, 3)).not.toEqual(timesOf(50, 2, 4));
});

test("asking does not move the schedule on, and an empty time has no arrivals", () => {
  const schedule = poissonSchedule(10, 5, 1);
  expect(schedule.nextMs).toBe(schedule.nextMs);
  expect(timesOf(500, 0, 1)).toEqual([]);
});
