import fc from "fast-check";
import { expect, test } from "vitest";
import { ScoreRequest } from "#server/domain/transaction.ts";
import { plainTimeMs } from "./plain-time.ts";

const isTime = (text: string): boolean => ScoreRequest.shape.occurredAt.safeParse(text).success;

test("a time is what Date.parse makes of it, from the year nought on", () => {
  const dates = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const text = date.toISOString();
      fc.pre(!text.includes("-02-29"));
      expect(plainTimeMs(text)).toBe(date.getTime());
      const whole = `${text.slice(0, 19)}Z`;
      expect(plainTimeMs(whole)).toBe(Date.parse(whole));
    }),
  );
});

test("decimals and offsets are what Date.parse makes of them", () => {
  const times = fc.constantFrom("2026-11-20T10:15:30", "1970-01-01T00:00:00", "2025-12-31T23:59:59");
  const decimals = fc.oneof(fc.constant(""), fc.stringMatching(/^\.\d{1,9}$/));
  const offsets = fc.oneof(
    fc.constantFrom("Z", "+00:00", "-00:00", "+24:00", "+01:60"),
    fc.stringMatching(/^[+-][0-2]\d:[0-6]\d$/),
  );
  fc.assert(
    fc.property(times, decimals, offsets, (time, fraction, offset) => {
      const text = `${time}${fraction}${offset}`;
      if (isTime(text)) expect(plainTimeMs(text)).toBe(Date.parse(text));
      else expect(plainTimeMs(text)).toBeNaN();
    }),
    { numRuns: 1_000 },
  );
});

test("a text that is read as a time is one by the schema, whichever character is wrong", () => {
  const times = fc.constantFrom(
    "2026-11-20T10:15:30Z",
    "2026-11-20T10:15:30.123Z",
    "2025-01-31T23:59:59+01:30",
    "2025-03-01T00:00:00.123456-12:00",
  );
  const character = fc.oneof(
    fc.constantFrom(..."0123456789-:.TZ+ "),
    fc.string({ minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(times, fc.nat(34), character, (time, at, wrong) => {
      const text = `${time.slice(0, at)}${wrong}${time.slice(at + 1)}`;
      const ms = plainTimeMs(text);
      expect(Number.isNaN(ms) || (isTime(text) && ms === Date.parse(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("every month has its days, and the leap day is left to others", () => {
  for (let month = 1; month <= 12; month++) {
    for (let day = 0; day <= 32; day++) {
      const two = (n: number): string => String(n).padStart(2, "0");
      const text = `2026-${two(month)}-${two(day)}T00:00:00Z`;
      expect(!Number.isNaN(plainTimeMs(text))).toBe(isTime(text));
    }
  }
  expect(plainTimeMs("2024-02-29T00:00:00Z")).toBeNaN();
});
