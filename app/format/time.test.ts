import fc from "fast-check";
import { expect, test } from "vitest";
import { clock, day, dayShort, duration, instant, relative } from "./time.ts";

const now = new Date("2026-11-20T10:15:30.000Z");
const ago = (ms: number): string => relative(new Date(now.getTime() - ms), now);

test("an instant names its day, its time and UTC", () =>
  expect(instant(now)).toBe("20 Nov 2026, 10:15:30 UTC"));
test("days and clocks are of UTC, whatever the machine's zone", () => {
  const late = "2026-11-20T23:30:00-05:00";
  expect([day(late), dayShort(late), clock(late)]).toEqual(["21 Nov 2026", "21 Nov", "04:30:00"]);
});
test("relative times walk through their units", () => {
  expect([5_000, 65_000, 3_700_000, 90_000_000].map(ago)).toEqual([
    "just now",
    "1 min ago",
    "1 h ago",
    "1 d ago",
  ]);
});
test("what is ahead is said to be ahead", () => expect(ago(-600_000)).toBe("in 10 min"));
test("beyond thirty days the date says more", () => expect(ago(40 * 86_400_000)).toBe("11 Oct 2026"));
test("a duration is never rounded up", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 3_599_999 }), (ms) => {
      expect(duration(ms)).toBe(`${Math.floor(ms / 60_000)} min`);
    }),
  );
});
