import { parseArgs } from "node:util";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { fortyFeatures } from "./forty.ts";
import { measureMemory } from "./memory.ts";
import { measureSpeed, replayBatches, replayEvents, replayRows } from "./speed.ts";
import { simulatedPayments, simulatedRows, withoutCardsAndDevices } from "./stream.ts";

type Replay = (engine: FeatureEngine) => void;
type SpeedRow = Readonly<Record<string, string | number>>;

/**
 * How fast the feature engine is, and what its state takes: `npm run bench:features [-- --rows N --runs N --seed S]`.
 * Speed is CPU time of one thread over 200,000 simulated payments, for the default set and for forty
 * features of it; typed arrays are built beforehand. With --rows that many are replayed as a stream
 * instead, and the memory of the process is what counts.
 */
const PAYMENTS = 200_000;
const { values } = parseArgs({
  options: {
    rows: { type: "string" },
    runs: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const seed = wholeNumber("seed", values.seed);
if (values.rows === undefined) speedTable(wholeNumber("runs", values.runs));
else memoryTable(wholeNumber("rows", values.rows));

function speedTable(runs: number): void {
  const two = [defaultFeatureSet, fortyFeatures].map((set) =>
    measure("typed arrays, customers and merchants", set, rowsOf(set, withoutCardsAndDevices)),
  );
  const five = [defaultFeatureSet, fortyFeatures].map((set) =>
    measure(
      "typed arrays, all five entities",
      set,
      rowsOf(set, (payment) => payment),
    ),
  );
  const events = simulatedPayments(seed, PAYMENTS);
  const objects = measure("objects, all five entities", defaultFeatureSet, (engine) =>
    replayEvents(engine, events),
  );
  const batches = measure("objects, batches of 32 that commit", defaultFeatureSet, (engine) =>
    replayBatches(engine, events, 32),
  );
  console.table([...two, ...five, objects, batches]);

  function rowsOf(set: FeatureSet, change: (payment: PaymentEvent) => PaymentEvent): Replay {
    const rows = simulatedRows(set, { seed, rows: PAYMENTS, change });
    return (engine) => replayRows(engine, rows);
  }

  function measure(from: string, set: FeatureSet, replay: Replay): SpeedRow {
    progress(`${set.definitions.length} features from ${from}, ${runs} runs`);
    const { eventsPerSecond, stateBytes, entities } = measureSpeed(set, { payments: PAYMENTS, runs }, replay);
    return {
      from,
      features: set.definitions.length,
      "events/s of CPU time (median)": Math.round(eventsPerSecond),
      entities,
      "bytes an entity, pairs included": Math.round(stateBytes / entities),
    };
  }
}

function memoryTable(rows: number): void {
  const done = measureMemory(defaultFeatureSet, { rows, seed }, (share) =>
    progress(`${Math.round(share * 100)} % replayed`),
  );
  console.log(`feature set ${defaultFeatureSet.version}, ${defaultFeatureSet.definitions.length} features`);
  console.table([
    {
      rows: done.rows,
      labels: done.labels,
      "CPU seconds, simulation included": Number(done.cpuSeconds.toFixed(1)),
      "state MB": Math.round(done.stateBytes / 1e6),
      "peak RSS MB": Math.round(done.peakRssBytes / 1e6),
    },
  ]);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a whole number above 0`);
}
