import fc from "fast-check";
import { expect, test } from "vitest";
import { retryPauseMs, retryPausesMs } from "./webhook.ts";

test("attempts go on for about three days, then end", () => {
  const days = retryPausesMs.reduce((sum, ms) => sum + ms, 0) / 86_400_000;
  expect(days).toBeGreaterThan(2.9);
  expect(days).toBeLessThan(3.3);
  expect(retryPauseMs(1, 0.5)).toBe(5_000);
  expect(retryPauseMs(retryPausesMs.length + 1, 0.5)).toBeNull();
});

test("pauses grow, and jitter stays within a fifth", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: retryPausesMs.length }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const middle = retryPausesMs[attempt - 1] ?? 0;
        const pause = retryPauseMs(attempt, random) ?? 0;
        expect(Math.abs(pause - middle)).toBeLessThanOrEqual(0.2 * middle + 1);
        expect(middle).toBeGreaterThan(retryPausesMs[attempt - 2] ?? 0);
      },
    ),
  );
});
