import fc from "fast-check";
import { expect, test } from "vitest";
import { contributionBars } from "./contribution-bars.ts";

const reason = (contribution: number) => ({ code: `c${contribution}`, text: "why", contribution });

test("the strongest reason fills its half, others their share of it, by sign", () => {
  const bars = contributionBars([reason(2), reason(-1), reason(0.5)]);
  expect(bars.map((bar) => [bar.left, bar.width, bar.figure])).toEqual([
    [0.5, 0.5, "+2.00"],
    [0.25, 0.25, "−1.00"],
    [0.5, 0.125, "+0.50"],
  ]);
});

test("no reasons give no bars, and reasons of no weight give bars of no length", () => {
  expect(contributionBars([])).toEqual([]);
  expect(contributionBars([reason(0)])[0]).toMatchObject({ width: 0, figure: "0.00" });
});

test("no bar leaves its track", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -50, max: 50 }), { minLength: 1 }), (values) => {
      for (const bar of contributionBars(values.map(reason))) {
        expect(bar.left).toBeGreaterThanOrEqual(0);
        expect(bar.left + bar.width).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});
