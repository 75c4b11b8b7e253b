import { expect, test } from "vitest";
import { latencyGuardrail, type Times } from "./latency-guardrail.ts";

const bounds = [0.001, 0.01, 0.05, 0.1, 0.5];
/** Forty windows, each with so many of 100 in a bucket and the rest in the fastest. */
const windows = (slow: number, bucket: number) =>
  Array.from({ length: 40 }, () => ({
    counts: Array.from({ length: 6 }, (_, i) => (i === 0 ? 100 - slow : 0) + (i === bucket ? slow : 0)),
  }));
const usual = windows(0, 1);
const times = (now: Times["now"], before: Times["before"] = usual): Times => ({ now, before, bounds });
const scoreBounds = [0.0001, 0.0002, 0.0004, 0.001, 0.01];
const scores = (now: Times["now"]): Times => ({ now, before: usual, bounds: scoreBounds });

test("requests that became slow with slow scores break it, in milliseconds", () => {
  const check = latencyGuardrail(times(windows(10, 3)), scores(windows(10, 3)));
  expect(check).toMatchObject({ name: "latency", passed: false, limit: 50 });
  expect(check.says).toBe(
    "99 of 100 requests are answered within 95 ms, under the champion before within 0.99 ms; 50 ms is the limit, and 10.0 % took longer; a payment's score takes up to 0.94 ms, before 0.10 ms.",
  );
});

test("a slow database alone is no fault of the model's", () => {
  const check = latencyGuardrail(times(windows(10, 3)), scores(usual));
  expect(check.passed).toBe(true);
  expect(check.says).toContain("the model itself is not slower");
});

test("what is slow in one burst, or a little beyond, is chance; nothing before, or too little, says so", () => {
  const burst = [...windows(0, 1).slice(0, 39), { counts: [0, 0, 0, 100, 0, 0] }];
  expect(latencyGuardrail(times(burst), scores(windows(10, 3))).passed).toBe(true);
  expect(latencyGuardrail(times(windows(1, 3)), scores(windows(10, 3))).passed).toBe(true);
  expect(latencyGuardrail(times(usual, []), scores(usual)).passed).toBeNull();
  expect(latencyGuardrail(times(windows(50, 4).slice(0, 4)), scores(usual)).passed).toBeNull();
});
