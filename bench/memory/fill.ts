import { createFeatureEngine, type FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer, type ReplayLabel } from "#ml/features/replay.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";

export type World = {
  readonly payments: number;
  readonly customers: number;
  readonly merchants: number;
  readonly seed: number;
};

export type Filled = { readonly engine: FeatureEngine; readonly days: number; readonly labels: number };

const START_MS = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;
const DAYS_ENOUGH = 10_000;
const LABELS_AT_ONCE = 1_000;

/** An engine that has seen so many simulated payments, and the labels recorded until the last of them. */
export function fillEngine(featureSet: FeatureSet, world: World): Filled {
  const replayer = new Replayer(createFeatureEngine(featureSet));
  const waiting: ReplayLabel[] = []; // in the order of recording
  let [left, labels, lastMs] = [world.payments, 0, START_MS];
  const { seed, customers, merchants } = world;

  for (const simulated of simulate({ seed, startMs: START_MS, days: DAYS_ENOUGH, customers, merchants })) {
    if (left-- <= 0) break;
    lastMs = simulated.payment.occurredAtMs;
    if (left % LABELS_AT_ONCE === 0) {
      const due = waiting.toSorted((a, b) => a.recordedAtMs - b.recordedAtMs);
      const now = due.filter((label) => label.recordedAtMs <= lastMs);
      waiting.splice(0, waiting.length, ...due.slice(now.length));
      replayer.offerLabels(now);
      labels += now.length;
    }
    replayer.next(simulated.payment, null, 0);
    const label = labelOf(simulated);
    if (label !== null) waiting.push(label);
  }
  return { engine: replayer.engine, days: (lastMs - START_MS) / DAY_MS, labels };
}

function labelOf({ payment, label }: SimulatedPayment): ReplayLabel | null {
  if (label === null) return null;
  const { id: transactionId, occurredAtMs, customerId, merchantId, cardToken, deviceId, ip } = payment;
  const ids = { transactionId, occurredAtMs, customerId, merchantId, cardToken, deviceId, ip };
  return { ...ids, recordedAtMs: label.recordedAtMs, label: label.label };
}
