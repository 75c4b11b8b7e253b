import { expect, test } from "vitest";
import type { DriftKind } from "./drift.ts";
import { type SimulatedPayment, simulate } from "./simulate.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1);
const OPTIONS = { seed: 13, startMs: START_MS, days: 36, customers: 1200, merchants: 300, fraudShare: 0.02 };
const FROM_DAY = 8;
const still = [...simulate(OPTIONS)];

const made = new Map<DriftKind, readonly SimulatedPayment[]>();
function drifted(kind: DriftKind): readonly SimulatedPayment[] {
  const payments = made.get(kind) ?? [...simulate({ ...OPTIONS, drift: [{ kind, fromDay: FROM_DAY }] })];
  made.set(kind, payments);
  return payments;
}
const after = (payments: readonly SimulatedPayment[], day: number): SimulatedPayment[] =>
  payments.filter(({ payment }) => payment.occurredAtMs >= START_MS + day * DAY_MS);
const middleAmount = (payments: readonly SimulatedPayment[]): number =>
  payments.map(({ payment }) => payment.amountMinor).toSorted((a, b) => a - b)[payments.length >> 1] ?? 0;
const onlineShare = (payments: readonly SimulatedPayment[]): number =>
  payments.filter(({ payment }) => payment.channel === "ecommerce").length / payments.length;

test("before its day a drift changes nothing", () => {
  for (const kind of ["price_inflation", "new_fraud_pattern", "channel_shift"] as const) {
    const early = ({ payment }: SimulatedPayment): boolean =>
      payment.occurredAtMs < START_MS + FROM_DAY * DAY_MS;
    expect(drifted(kind).filter(early)).toEqual(still.filter(early));
  }
});

test("price inflation raises the middle amount by some 40 % and moves nothing online", () => {
  const payments = drifted("price_inflation");
  const ratio = middleAmount(after(payments, 24)) / middleAmount(after(still, 24));
  expect(ratio).toBeGreaterThan(1.3);
  expect(ratio).toBeLessThan(1.5);
  expect(Math.abs(onlineShare(after(payments, 24)) - onlineShare(after(still, 24)))).toBeLessThan(0.02);
});

test("the channel shift moves shop purchases to sites", () => {
  const moved = onlineShare(after(drifted("channel_shift"), 16));
  expect(moved - onlineShare(after(still, 16))).toBeGreaterThan(0.15);
});

test("the new fraud pattern brings scams paid by the customers themselves, at the same overall share", () => {
  const frauds = after(drifted("new_fraud_pattern"), FROM_DAY).filter(({ fraudKind }) => fraudKind !== null);
  const before = after(still, FROM_DAY).filter(({ fraudKind }) => fraudKind !== null);
  const scams = frauds.filter(({ fraudKind }) => fraudKind === "scam_transfer");
  expect(scams.length / frauds.length).toBeGreaterThan(0.2);
  expect(before.some(({ fraudKind }) => fraudKind === "scam_transfer")).toBe(false);
  expect(Math.abs(frauds.length / before.length - 1)).toBeLessThan(0.35);
});
