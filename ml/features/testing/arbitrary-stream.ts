import fc from "fast-check";
import type { ReplayEvent, ReplayLabel } from "../replay.ts";
import { START_MS } from "./payment.ts";

const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export type Stream = { readonly events: readonly ReplayEvent[]; readonly labels: readonly ReplayLabel[] };

/** Of a dense stream: payments of the same few ids by the hour, mostly fraud, and labels within three weeks. */
const denseStep = {
  gapSeconds: fc.oneof(fc.nat(7200), fc.nat(2 * 86_400)),
  amountMinor: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 900, max: 1100 }) }, fc.nat(20_000)),
  customer: fc.nat(1),
  merchant: fc.nat(1),
  label: fc.option(
    fc.record({
      delayHours: fc.integer({ min: 1, max: 20 * 24 }),
      fraud: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      correctedHours: fc.option(fc.nat(20 * 24), { freq: 2 }),
    }),
    { freq: 5 },
  ),
};

const stepOf = {
  gapSeconds: fc.oneof(fc.nat(90), fc.nat(7200), fc.nat(5 * 86_400), fc.nat(40 * 86_400)),
  lateSeconds: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3 * 86_400), fc.nat(60 * 86_400)),
  amountMinor: fc.oneof(fc.nat(100_000), fc.nat(2 ** 40)),
  customer: fc.nat(2),
  merchant: fc.nat(2),
  card: fc.option(fc.nat(2)),
  device: fc.option(fc.nat(1)),
  country: fc.option(fc.constantFrom("DE", "FR")),
  place: fc.option(
    fc.record({
      latitude: fc.integer({ min: -80, max: 80 }),
      longitude: fc.integer({ min: -180, max: 180 }),
    }),
  ),
  label: fc.option(
    fc.record({
      delayHours: fc.integer({ min: 1, max: 45 * 24 }),
      fraud: fc.boolean(),
      correctedHours: fc.option(fc.nat(20 * 24)),
    }),
  ),
};

/** Payments in arrival order, some of them late, by few ids so that they meet; labels in the order of recording. */
export function arbitraryStream(options: {
  readonly late: boolean;
  readonly maxLength?: number;
  readonly dense?: boolean;
}): fc.Arbitrary<Stream> {
  const dense = options.dense === true;
  const step = fc.record(dense ? { ...stepOf, ...denseStep } : stepOf);
  const lengths = { minLength: dense ? 20 : 1, maxLength: options.maxLength ?? 40 };
  return fc.array(step, lengths).map((steps) => {
    const labels: ReplayLabel[] = [];
    let clockMs = START_MS;
    const events = steps.map((s, index): ReplayEvent => {
      clockMs += s.gapSeconds * 1000;
      const event: ReplayEvent = {
        id: `pay_${index}`,
        occurredAtMs: clockMs - (options.late ? s.lateSeconds * 1000 : 0),
        amountMinor: s.amountMinor,
        currency: "EUR",
        customerId: `cus_${s.customer}`,
        merchantId: `mer_${s.merchant}`,
        cardToken: s.card === null ? null : `card_${s.card}`,
        deviceId: s.device === null ? null : `dev_${s.device}`,
        ip: s.device === null ? null : "203.0.113.9",
        merchantCategory: null,
        channel: "ecommerce",
        country: s.country,
        latitude: s.place?.latitude ?? null,
        longitude: s.place?.longitude ?? null,
        attributes: { v1: s.amountMinor % 7 },
      };
      if (s.label !== null) {
        const recordedAtMs = clockMs + s.label.delayHours * HOUR_MS;
        labels.push(labelOf(event, recordedAtMs, s.label.fraud));
        if (s.label.correctedHours !== null) {
          labels.push(labelOf(event, recordedAtMs + s.label.correctedHours * HOUR_MS, !s.label.fraud));
        }
      }
      return event;
    });
    return { events, labels: labels.toSorted((a, b) => a.recordedAtMs - b.recordedAtMs) };
  });
}

/** Sparse or dense streams with late payments. */
export function anyStream(): fc.Arbitrary<Stream> {
  return fc.oneof(arbitraryStream({ late: true }), arbitraryStream({ late: true, dense: true }));
}

export function labelOf(event: ReplayEvent, recordedAtMs: number, fraud: boolean): ReplayLabel {
  return {
    transactionId: event.id,
    occurredAtMs: event.occurredAtMs,
    customerId: event.customerId,
    merchantId: event.merchantId,
    cardToken: event.cardToken,
    deviceId: event.deviceId,
    ip: event.ip,
    recordedAtMs,
    label: fraud ? "fraud" : "legitimate",
  };
}
