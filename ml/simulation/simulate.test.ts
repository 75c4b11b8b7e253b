import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FraudKind, fraudKinds } from "./fraud-kind.ts";
import { type SimulatedPayment, type SimulationOptions, simulate } from "./simulate.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1, 6, 30); // neither midnight nor a whole hour
const OPTIONS: SimulationOptions = { seed: 21, startMs: START_MS, days: 40, customers: 2000, merchants: 400 };
const history = [...simulate(OPTIONS)];
const frauds = history.filter(({ fraudKind }) => fraudKind !== null);

const digest = (payments: Iterable<SimulatedPayment>): string =>
  createHash("sha256")
    .update(JSON.stringify([...payments]))
    .digest("hex");

test("the same options give the same bytes, and another seed gives others", () => {
  const small = { ...OPTIONS, days: 4, customers: 300, merchants: 60 };
  expect(digest(simulate(small))).toBe(digest(simulate(small)));
  expect(digest(simulate({ ...small, seed: 22 }))).not.toBe(digest(simulate(small)));
});

test("payments come in order of time, within the days asked for, each id once", () => {
  let lastMs = START_MS;
  for (const { payment } of history) {
    expect(payment.occurredAtMs).toBeGreaterThanOrEqual(lastMs);
    lastMs = payment.occurredAtMs;
  }
  expect(lastMs).toBeLessThan(START_MS + 40 * DAY_MS);
  expect(new Set(history.map(({ payment }) => payment.id)).size).toBe(history.length);
});

test("a history that starts later is the later part of the longer one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 * DAY_MS }), (laterMs) => {
      const options = { ...OPTIONS, days: 6, customers: 120, merchants: 40, fraudShare: 0.05 };
      const whole = [...simulate(options)];
      const part = [...simulate({ ...options, startMs: START_MS + laterMs, days: 6 - laterMs / DAY_MS })];
      expect(part).toEqual(whole.filter(({ payment }) => payment.occurredAtMs >= START_MS + laterMs));
    }),
    { numRuns: 8 },
  );
});

test("there are about 0.67 payments a customer and day, and 0.5 to 1.1 % are fraud", () => {
  const perCustomerDay = history.length / 2000 / 40;
  expect(perCustomerDay).toBeGreaterThan(0.64);
  expect(perCustomerDay).toBeLessThan(0.7);
  const share = frauds.length / history.length;
  expect(share).toBeGreaterThan(0.005);
  expect(share).toBeLessThan(0.011);
});

test("the fraud share asked for is the one that comes", () => {
  for (const fraudShare of [0, 0.03]) {
    const payments = [...simulate({ ...OPTIONS, fraudShare })];
    const share = payments.filter(({ fraudKind }) => fraudKind !== null).length / payments.length;
    expect(Math.abs(share - fraudShare)).toBeLessThanOrEqual(0.25 * fraudShare);
  }
});

test("every kind of fraud is there but the one that only drift brings", () => {
  const seen = new Set(frauds.map(({ fraudKind }) => fraudKind));
  const expected = fraudKinds.filter((kind: FraudKind) => kind !== "scam_transfer");
  expect(seen).toEqual(new Set(expected));
});

test("labels come after their payment, and most payments have none", () => {
  const labelled = history.filter(({ label }) => label !== null);
  for (const { payment, label } of labelled) {
    expect(label?.recordedAtMs).toBeGreaterThan(payment.occurredAtMs);
    expect((label?.recordedAtMs ?? 0) - payment.occurredAtMs).toBeLessThanOrEqual(45 * DAY_MS);
  }
  expect(labelled.length).toBeLessThan(0.015 * history.length);
  const unreported = frauds.filter(({ label }) => label === null).length;
  expect(unreported).toBeGreaterThan(0);
  expect(unreported).toBeLessThan(0.1 * frauds.length);
});

test("afternoons are busy and nights are quiet", () => {
  const hours = new Array<number>(24).fill(0);
  for (const { payment } of history) {
    const hour = new Date(payment.occurredAtMs).getUTCHours();
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  const share = (hour: number): number => (hours[hour] ?? 0) / history.length;
  expect(share(2)).toBeGreaterThan(0.002);
  expect(share(2)).toBeLessThan(0.02);
  expect(share(17)).toBeGreaterThan(0.045);
  expect(share(17)).toBeLessThan(0.09);
});

test("broken options are refused", () => {
  expect(() => [...simulate({ ...OPTIONS, days: -1 })]).toThrow(RangeError);
  expect(() => [...simulate({ ...OPTIONS, fraudShare: 0.9 })]).toThrow(RangeError);
  expect(() => [...simulate({ ...OPTIONS, customers: 0 })]).toThrow(RangeError);
  expect([...simulate({ ...OPTIONS, days: 0 })]).toEqual([]);
});
