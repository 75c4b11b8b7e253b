import fc from "fast-check";
import { expect, test } from "vitest";
import type { SeriesPoint } from "./alert.ts";
import { judge } from "./alert-condition.ts";

const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString();
const point = (n: number, value: number | null, fields: Partial<SeriesPoint> = {}): SeriesPoint => ({
  at: day(n),
  value,
  lower: null,
  upper: null,
  sample: 1_000,
  ...fields,
});
const above = { kind: "threshold", direction: "above", limit: 0.1, windows: 1, leastSample: 0 } as const;

test("a value beyond the limit fires, one at it does not", () => {
  expect(judge(above, [point(1, 0.11)])).toMatchObject({ state: "firing", limit: 0.1 });
  expect(judge(above, [point(1, 0.1)])).toEqual({ state: "calm" });
  expect(judge({ ...above, direction: "below" }, [point(1, 0.09)])).toMatchObject({ state: "firing" });
});

test("the whole interval has to be beyond it", () => {
  expect(judge(above, [point(1, 0.2, { lower: 0.05, upper: 0.4 })])).toEqual({ state: "calm" });
  expect(judge(above, [point(1, 0.2, { lower: 0.12, upper: 0.3 })])).toMatchObject({ state: "firing" });
  const below = { ...above, direction: "below" } as const;
  expect(judge(below, [point(1, 0.05, { lower: 0.01, upper: 0.2 })])).toEqual({ state: "calm" });
});

test("each of the consecutive windows has to be beyond it", () => {
  const rule = { ...above, windows: 3 };
  expect(
    judge(
      rule,
      [0.2, 0.2, 0.2].map((v, n) => point(n + 1, v)),
    ),
  ).toMatchObject({ state: "firing" });
  expect(
    judge(
      rule,
      [0.2, 0.05, 0.2].map((v, n) => point(n + 1, v)),
    ),
  ).toEqual({ state: "unknown" });
  expect(
    judge(
      rule,
      [0.2, 0.2, 0.05].map((v, n) => point(n + 1, v)),
    ),
  ).toEqual({ state: "calm" });
  expect(
    judge(
      rule,
      [0.2, 0.2].map((v, n) => point(n + 1, v)),
    ),
  ).toEqual({ state: "unknown" });
});

test("an undefined value and a small sample are not judged", () => {
  expect(judge(above, [point(1, null)])).toEqual({ state: "unknown" });
  expect(judge({ ...above, leastSample: 500 }, [point(1, 0.9, { sample: 499 })])).toEqual({
    state: "unknown",
  });
  expect(judge(above, [])).toEqual({ state: "unknown" });
});

test("a change is compared with the same window a week before", () => {
  const rule = { ...above, kind: "change", limit: 0.5 } as const;
  expect(judge(rule, [point(1, 100), point(8, 151)])).toMatchObject({ state: "firing", limit: 150 });
  expect(judge(rule, [point(1, 100), point(8, 149)])).toEqual({ state: "calm" });
  expect(judge(rule, [point(2, 100), point(8, 900)])).toEqual({ state: "unknown" });
  expect(judge(rule, [point(1, 0), point(8, 900)])).toEqual({ state: "unknown" });
  const fall = { ...rule, direction: "below" } as const;
  expect(judge(fall, [point(1, 100), point(8, 49)])).toMatchObject({ state: "firing", limit: 50 });
  const wide = point(1, 100, { lower: 40, upper: 190 });
  expect(judge(rule, [wide, point(8, 200)])).toEqual({ state: "calm" });
});

test("absence is a window with nothing in it", () => {
  const rule = { ...above, kind: "absence" } as const;
  expect(judge(rule, [point(1, null, { sample: 0 })])).toMatchObject({ state: "firing", limit: null });
  expect(judge(rule, [point(1, 5)])).toEqual({ state: "calm" });
});

test("what fires above a limit is calm or unknown below it, whatever the interval", () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(value, fc.nat(50), fc.nat(50), value, (middle, down, up, limit) => {
      const points = [point(1, middle, { lower: middle - down, upper: middle + up })];
      const fired = [above, { ...above, direction: "below" as const }].filter(
        (rule) => judge({ ...rule, limit }, points).state === "firing",
      );
      expect(fired.length).toBeLessThanOrEqual(1);
      const is = limit < middle - down || limit > middle + up;
      expect(fired.length === 1).toBe(is);
    }),
  );
});
