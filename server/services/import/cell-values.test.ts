import fc from "fast-check";
import { expect, test } from "vitest";
import { CellError, decimal, isoTimeMs, minorUnits } from "./cell-values.ts";

test.each([
  ["57.16", 2, 5716],
  ["146.0", 2, 14600],
  ["0.29", 2, 29],
  ["1.1", 2, 110],
  ["9007199254740.99", 2, 900719925474099],
  ["12.", 2, 1200],
  ["500", 0, 500],
  ["500.00", 0, 500],
  ["1.234", 3, 1234],
  ["-0.00", 2, 0],
])("%s with %i decimals is %i minor units", (text, digits, minor) => {
  expect(minorUnits(text, digits)).toBe(minor);
});

test.each([
  ["1,299.00", "is not a plain decimal number"],
  ["1e3", "is not a plain decimal number"],
  ["", "is not a plain decimal number"],
  ["NaN", "is not a plain decimal number"],
  ["4.555", "has more than 2 decimals"],
  ["-3.20", "is negative"],
  ["90071992547409.93", "is too large"],
])("%s is no amount: it %s", (text, reason) => {
  expect(() => minorUnits(text, 2)).toThrow(new CellError(reason));
});

test("minor units are exact for every amount of cents", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (cents) => {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
      expect(minorUnits(text, 2)).toBe(cents);
    }),
  );
});

test("decimals take signs and exponents and refuse everything else", () => {
  expect(decimal("-1.3598071336738")).toBe(-1.3598071336738);
  expect(decimal("7.1e-05")).toBe(0.000071);
  for (const text of ["", "abc", "0x10", "1 2", "Infinity", "1e999"]) {
    expect(() => decimal(text)).toThrow("is not a number");
  }
});

test.each([
  ["2018-04-01 00:00:31", "2018-04-01T00:00:31.000Z"],
  ["2018-04-01", "2018-04-01T00:00:00.000Z"],
  ["2018-04-01T12:30", "2018-04-01T12:30:00.000Z"],
  ["2018-04-01T12:30:05.25Z", "2018-04-01T12:30:05.250Z"],
  ["2018-04-01T12:30:05.123456+02:00", "2018-04-01T10:30:05.123Z"],
  ["2018-04-01 01:00:00-0530", "2018-04-01T06:30:00.000Z"],
])("%s is %s", (text, utc) => {
  expect(new Date(isoTimeMs(text)).toISOString()).toBe(utc);
});

test.each(["2018-02-30", "2018-04-01 24:00:00", "2018-04-01 12:61:00", "2018-13-01"])(
  "%s does not exist",
  (text) => {
    expect(() => isoTimeMs(text)).toThrow("is a time that does not exist");
  },
);

test("other forms of dates are refused rather than guessed", () => {
  for (const text of ["01/04/2018", "April 1, 2018", "1522540831", ""]) {
    expect(() => isoTimeMs(text)).toThrow("is not a time such as");
  }
});

test("every moment written by JavaScript is read back", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true }), (date) => {
      expect(isoTimeMs(date.toISOString())).toBe(date.getTime());
    }),
  );
});
