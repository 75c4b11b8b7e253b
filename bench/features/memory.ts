import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer, type ReplayLabel } from "#ml/features/replay.ts";
import type { SimulatedPayment } from "#ml/simulation/simulate.ts";
import { simulation } from "./stream.ts";

export type Memory = {
  readonly rows: number;
  readonly labels: number;
  readonly cpuSeconds: number;
  readonly stateBytes: number;
  readonly peakRssBytes: number;
};

/** Replays payments as they stream by, each with its features computed and its label offered when recorded. */
export function measureMemory(
  featureSet: FeatureSet,
  { rows, seed }: { readonly rows: number; readonly seed: number },
  onProgress: (share: number) => void,
): Memory {
  const before = process.cpuUsage();
  const replayer = new Replayer(createFeatureEngine(featureSet));
  const row = new Float64Array(replayer.width);
  let waiting: ReplayLabel[] = [];
  let dueAtMs = Number.POSITIVE_INFINITY; // when the first of those waiting is recorded
  let done = 0;
  let labels = 0;
  for (const simulated of simulation(seed, rows)) {
    const { payment } = simulated;
    if (payment.occurredAtMs >= dueAtMs) {
      const due = waiting.filter((label) => label.recordedAtMs <= payment.occurredAtMs);
      replayer.offerLabels(due.toSorted((a, b) => a.recordedAtMs - b.recordedAtMs));
      labels += due.length;
      waiting = waiting.filter((label) => label.recordedAtMs > payment.occurredAtMs);
      dueAtMs = Math.min(Number.POSITIVE_INFINITY, ...waiting.map((label) => label.recordedAtMs));
    }
    replayer.next(payment, row, 0);
    const label = labelOf(simulated);
    if (label !== null) {
      waiting.push(label);
      dueAtMs = Math.min(dueAtMs, label.recordedAtMs);
    }
    if (++done % Math.ceil(rows / 10) === 0) onProgress(done / rows);
  }
  const { user, system } = process.cpuUsage(before);
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  const stateBytes = replayer.engine.snapshot().length;
  return { rows: done, labels, cpuSeconds: (user + system) / 1e6, stateBytes, peakRssBytes };
}

function labelOf({ payment, label }: SimulatedPayment): ReplayLabel | null {
  if (label === null) return null;
  const { id: transactionId, occurredAtMs, customerId, merchantId, cardToken, deviceId, ip } = payment;
  const ids = { transactionId, occurredAtMs, customerId, merchantId, cardToken, deviceId, ip };
  return { ...ids, recordedAtMs: label.recordedAtMs, label: label.label };
}
