import { createFeatureEngine, type FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { PaymentRows } from "#ml/features/payment-rows.ts";

export type Speed = {
  readonly eventsPerSecond: number; // of CPU time, median
  readonly stateBytes: number;
  readonly entities: number;
};

/** Has an empty engine compute and observe every payment, a few times over. */
export function measureSpeed(
  featureSet: FeatureSet,
  { payments, runs }: { readonly payments: number; readonly runs: number },
  replay: (engine: FeatureEngine) => void,
): Speed {
  const rates: number[] = [];
  let engine = createFeatureEngine(featureSet);
  for (let run = 0; run < runs; run++) {
    engine = createFeatureEngine(featureSet);
    const before = process.cpuUsage();
    replay(engine);
    const { user, system } = process.cpuUsage(before);
    rates.push(payments / ((user + system) / 1e6));
  }
  const eventsPerSecond = rates.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return { eventsPerSecond, stateBytes: engine.snapshot().length, entities: engine.entityCount() };
}

/** From typed arrays, as a table of payments is replayed. */
export function replayRows(engine: FeatureEngine, rows: PaymentRows): void {
  const out = { values: new Float64Array(engine.featureSet.definitions.length), offset: 0 };
  for (let row = 0; row < rows.length; row++) {
    engine.computeRow(rows, row, out);
    engine.observeRow(rows, row);
  }
}

/** From objects, as payments stream by. */
export function replayEvents(engine: FeatureEngine, events: readonly PaymentEvent[]): void {
  const row = new Float64Array(engine.featureSet.definitions.length);
  for (const event of events) {
    engine.compute(event, row, 0);
    engine.observe(event);
  }
}

/** From objects, so many between begin and commit as the scoring server has them. */
export function replayBatches(engine: FeatureEngine, events: readonly PaymentEvent[], size: number): void {
  for (let from = 0; from < events.length; from += size) {
    engine.begin();
    replayEvents(engine, events.slice(from, from + size));
    engine.commit();
  }
}
