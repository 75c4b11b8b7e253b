import fc from "fast-check";
import { expect, test } from "vitest";
import { uuidV7 } from "./uuid-v7.ts";

test("an id has the form, version and variant of RFC 9562", () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (let i = 0; i < 200; i++) expect(uuidV7(1_795_000_000_000 + i)).toMatch(form);
});

test("the first 48 bits are the milliseconds, so ids sort by time", () => {
  expect(uuidV7(0x0123_4567_89ab).slice(0, 13)).toBe("01234567-89ab");
  const time = fc.integer({ min: 0, max: 2 ** 47 });
  fc.assert(fc.property(time, time, (a, b) => a === b || uuidV7(a) < uuidV7(b) === a < b));
});

test("ids of the same millisecond differ", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(1))).size).toBe(1_000);
});
