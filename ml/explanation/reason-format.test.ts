import { expect, test } from "vitest";
import {
  counted,
  formatAttribute,
  formatClock,
  formatDuration,
  formatMajor,
  formatMinor,
  formatNumber,
  formatPercent,
  weekdayName,
} from "./reason-format.ts";

test("money has the minor digits of its currency", () => {
  expect(formatMinor(129_900, { currency: "EUR" })).toBe("€1,299.00");
  expect(formatMinor(129_900, { currency: "JPY" })).toBe("¥129,900");
  expect(formatMinor(129_900, { currency: "BHD" })).toBe("BHD\u00a0129.900");
  expect(formatMajor(48.2, { currency: "USD" })).toBe("$48.20");
  expect(formatMinor(0, { currency: "EUR" })).toBe("€0.00");
});

test("numbers have the digits a person uses", () => {
  expect([12.345, 1, 0.3123, 0.004, 2300, 0].map(formatNumber)).toEqual([
    "12.3",
    "1",
    "0.31",
    "0.004",
    "2,300",
    "0",
  ]);
  expect(formatAttribute(-3.21456)).toBe("-3.215");
  expect(formatPercent(0.0523)).toBe("5.2 %");
});

test("one thing is singular", () => {
  expect([counted(1, "payment"), counted(0, "payment"), counted(2, "city", "cities")]).toEqual([
    "1 payment",
    "0 payments",
    "2 cities",
  ]);
});

test("durations take the largest unit that fits", () => {
  expect([0, 40, 60, 720, 5400, 86_400, 200_000].map(formatDuration)).toEqual([
    "0 seconds",
    "40 seconds",
    "1 minute",
    "12 minutes",
    "1.5 hours",
    "1 day",
    "2.3 days",
  ]);
});

test("clock and weekday", () => {
  expect([formatClock(0), formatClock(14.6), formatClock(23.999)]).toEqual(["00:00", "14:36", "23:59"]);
  expect([weekdayName(0), weekdayName(6), weekdayName(9)]).toEqual(["Monday", "Sunday", "day"]);
});
