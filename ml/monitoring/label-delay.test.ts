import { expect, test } from "vitest";
import { delayRatio, delaySums, usualDelays } from "./label-delay.ts";

const delays = (source: string, days: readonly number[]) => days.map((each) => ({ source, days: each }));
const usual = usualDelays([
  delaySums([...delays("chargeback", [4, 16]), ...delays("customer_report", [1])]),
  delaySums(delays("chargeback", [8])),
]);

test("the usual is the geometric mean by source, over all windows", () => {
  expect(Math.exp(usual.get("chargeback") ?? 0)).toBeCloseTo(8, 12);
  expect(usual.get("customer_report")).toBe(0);
});

test("twice as late is 2, whatever the mix of sources", () => {
  expect(delayRatio(delaySums(delays("chargeback", [16, 16])), usual, 1)).toBeCloseTo(2, 12);
  const mixed = [...delays("chargeback", [8]), ...delays("customer_report", [1, 1, 1])];
  expect(delayRatio(delaySums(mixed), usual, 1)).toBeCloseTo(1, 12);
});

test("too few labels, or only of sources never seen before, say nothing", () => {
  expect(delayRatio(delaySums(delays("chargeback", [8])), usual, 2)).toBeNull();
  expect(delayRatio(delaySums(delays("issuer_alert", [8, 8, 8])), usual, 1)).toBeNull();
  expect(delayRatio([], usual, 0)).toBeNull();
});

test("a label at once counts as an hour, not as nothing", () => {
  expect(delaySums(delays("manual", [0]))).toEqual([
    { source: "manual", labels: 1, logSum: Math.log(1 / 24) },
  ]);
});
