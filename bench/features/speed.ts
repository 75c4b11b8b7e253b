import { createFeatureEngine, type FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";

export type Speed = {
  readonly eventsPerSecond: number; // of CPU time, median
  readonly stateBytes: number;
  readonly entities: number;
};

export type SpeedOptions = {
  readonly runs: number;
  readonly batch: number | null; // payments between begin and commit, as the scoring server has them; null: none
};

/** Computes and observes every payment with an empty engine, a few times over. */
export function measureSpeed(
  featureSet: FeatureSet,
  events: readonly PaymentEvent[],
  { runs, batch }: SpeedOptions,
): Speed {
  const rates: number[] = [];
  let engine = createFeatureEngine(featureSet);
  for (let run = 0; run < runs; run++) {
    engine = createFeatureEngine(featureSet);
    const before = process.cpuUsage();
    if (batch === null) replayAll(engine, events);
    else replayBatches(engine, events, batch);
    const { user, system } = process.cpuUsage(before);
    rates.push(events.length / ((user + system) / 1e6));
  }
  const eventsPerSecond = rates.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return { eventsPerSecond, stateBytes: engine.snapshot().length, entities: engine.entityCount() };
}

function replayAll(engine: FeatureEngine, events: readonly PaymentEvent[]): void {
  const row = new Float64Array(engine.featureSet.definitions.length);
  for (const event of events) {
    engine.compute(event, row, 0);
    engine.observe(event);
  }
}

function replayBatches(engine: FeatureEngine, events: readonly PaymentEvent[], size: number): void {
  for (let from = 0; from < events.length; from += size) {
    engine.begin();
    replayAll(engine, events.slice(from, from + size));
    engine.commit();
  }
}
