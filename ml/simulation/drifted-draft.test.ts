import { expect, test } from "vitest";
import type { DriftKind } from "./drift.ts";
import { type SimulatedPayment, simulate } from "./simulate.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1);
const OPTIONS = { seed: 5, startMs: START_MS, days: 20, customers: 400, merchants: 100, fraudShare: 0.02 };
const FROM_DAY = 8;
const still = [...simulate(OPTIONS)];
const drifting = (kind: DriftKind): SimulatedPayment[] => [
  ...simulate({ ...OPTIONS, drift: [{ kind, fromDay: FROM_DAY }] }),
];
const isAfter = ({ payment }: SimulatedPayment): boolean =>
  payment.occurredAtMs >= START_MS + FROM_DAY * DAY_MS;
const shareOf = (payments: readonly SimulatedPayment[], is: (one: SimulatedPayment) => boolean): number =>
  payments.filter(is).length / payments.length;

test.each([
  "fraud_surge",
  "new_merchant_category",
  "country_mix",
  "missing_attributes",
  "label_delay",
] as const)("before its day %s changes nothing", (kind) => {
  const drifted = drifting(kind);
  const before = (one: SimulatedPayment): boolean => !isAfter(one);
  expect(drifted.filter(before)).toEqual(still.filter(before));
  expect(drifted).not.toEqual(still);
});

test("a new kind of merchant takes its share, and nothing else of the payments changes", () => {
  const drifted = drifting("new_merchant_category");
  expect(drifted.map(({ payment }) => payment.amountMinor)).toEqual(
    still.map(({ payment }) => payment.amountMinor),
  );
  const isNew = ({ payment }: SimulatedPayment): boolean => payment.merchantCategory === "6051";
  expect(shareOf(drifted.filter(isAfter), isNew)).toBeCloseTo(0.12, 1);
  expect(still.some(isNew)).toBe(false);
});

test("a quarter of online payments comes from elsewhere, half lose device and attributes", () => {
  const online = (one: SimulatedPayment): boolean => isAfter(one) && one.payment.channel === "ecommerce";
  const elsewhere = ({ payment }: SimulatedPayment): boolean =>
    ["BR", "NG", "VN"].includes(payment.country ?? "");
  const moved =
    shareOf(drifting("country_mix").filter(online), elsewhere) - shareOf(still.filter(online), elsewhere);
  expect(moved).toBeGreaterThan(0.2);
  expect(moved).toBeLessThan(0.3);
  const bare = ({ payment }: SimulatedPayment): boolean => Object.keys(payment.attributes).length === 0;
  expect(shareOf(drifting("missing_attributes").filter(isAfter), bare)).toBeCloseTo(0.5, 1);
});

test("labels come 2.5 times as late, for the same payments", () => {
  const delays = (payments: readonly SimulatedPayment[]): number[] =>
    payments
      .filter(isAfter)
      .flatMap(({ payment, label }) => (label === null ? [] : label.recordedAtMs - payment.occurredAtMs));
  expect(delays(drifting("label_delay"))).toEqual(delays(still).map((delay) => Math.round(delay * 2.5)));
});

test("a surge brings about twice the frauds", () => {
  const frauds = (payments: readonly SimulatedPayment[]): number =>
    payments.filter((one) => isAfter(one) && one.fraudKind !== null).length;
  expect(frauds(drifting("fraud_surge")) / frauds(still)).toBeGreaterThan(1.4);
});
