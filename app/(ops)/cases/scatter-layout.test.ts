import { expect, test } from "vitest";
import { lookOf, niceTop, scatterLayout } from "./scatter-layout.ts";
import type { PaymentPoints } from "./words.ts";

const frame = { left: 0, right: 100, top: 0, bottom: 50 };
const point = (day: number, rest: Partial<PaymentPoints["points"][number]> = {}) => ({
  id: `pay_${day}`,
  at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  amountMinor: 1_000,
  outcome: null,
  label: null,
  isOwn: false,
  ...rest,
});
const past = (points: PaymentPoints["points"]): PaymentPoints => ({
  from: new Date(Date.UTC(2026, 0, 1)).toISOString(),
  currency: "EUR",
  points,
  capped: false,
});

test("a point stands where its time and amount say, from zero", () => {
  const { points, yTicks, xTicks } = scatterLayout(past([point(45, { amountMinor: 500 }), point(90)]), frame);
  expect(points.map(({ x, y }) => [x, y])).toEqual([
    [50, 25],
    [100, 0],
  ]);
  expect(yTicks.map(({ at, value }) => [at, value])).toEqual([
    [50, 0],
    [25, 500],
    [0, 1_000],
  ]);
  expect(xTicks.map(({ at }) => Math.round(at))).toEqual([0, 33, 67, 100]);
});

test("the case's own payment and frauds are drawn last", () => {
  const { points } = scatterLayout(
    past([point(1, { isOwn: true }), point(2, { label: "fraud" }), point(3)]),
    frame,
  );
  expect(points.map(({ look }) => look)).toEqual(["other", "fraud", "own"]);
});

test("a label tells more than the outcome, and an approval needs no mark", () => {
  expect(lookOf(point(1, { label: "legitimate", outcome: "decline" }))).toBe("legitimate");
  expect(lookOf(point(1, { outcome: "decline" }))).toBe("declined");
  expect(lookOf(point(1, { outcome: "approve" }))).toBe("other");
});

test("no payments give an empty picture with axes", () => {
  expect(scatterLayout(past([]), frame)).toMatchObject({ points: [], top: 1 });
});

test("the scale ends on a round number at or above the largest amount", () => {
  expect([1, 3, 7, 10, 1_299, 250_000].map(niceTop)).toEqual([1, 5, 10, 10, 2_000, 500_000]);
});
