import fc from "fast-check";
import { expect, test } from "vitest";
import { Latency } from "./latency.ts";

test("nothing measured has no quantile", () => {
  expect(new Latency("x").quantile(0.95)).toBeNull();
});

test("quantiles are measured times, and rise with the share", async () => {
  const latency = new Latency("x");
  for (let i = 0; i < 20; i++) await latency.measure(() => Promise.resolve(i));
  expect(latency.calls).toBe(20);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(latency.quantile(low) ?? 0).toBeLessThanOrEqual(latency.quantile(high) ?? -1);
      },
    ),
  );
});

test("a call that fails is not counted", async () => {
  const latency = new Latency("x");
  await expect(latency.measure(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(latency.calls).toBe(0);
});
