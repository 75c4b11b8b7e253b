import { parseArgs } from "node:util";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { measureMemory } from "./memory.ts";
import { measureSpeed, type Speed } from "./speed.ts";
import { simulatedPayments, withoutCardsAndDevices } from "./stream.ts";

/**
 * How fast the feature engine is, and what its state takes: `npm run bench:features [-- --rows N --runs N --seed S]`.
 * Speed is CPU time of one thread over 200,000 simulated payments; with --rows that many are replayed as a stream
 * instead, and the memory of the process is what counts.
 */
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
  progress("simulating 200,000 payments");
  const all = simulatedPayments(seed, 200_000);
  const two = all.map(withoutCardsAndDevices);
  const measure = (what: string, events: readonly PaymentEvent[], batch: number | null): Speed => {
    progress(`${what}, ${runs} runs`);
    return measureSpeed(defaultFeatureSet, events, { runs, batch });
  };
  const results: readonly (readonly [string, Speed])[] = [
    ["customers and merchants", measure("customers and merchants", two, null)],
    ["all five entities", measure("all five entities", all, null)],
    ["all five, batches of 32 that commit", measure("all five in batches", all, 32)],
  ];
  const first = results[0]?.[1].eventsPerSecond ?? Number.NaN;
  console.log(`feature set ${defaultFeatureSet.version}, ${defaultFeatureSet.definitions.length} features`);
  console.table(
    results.map(([path, { eventsPerSecond, stateBytes, entities }]) => ({
      path,
      "events/s of CPU time (median)": Math.round(eventsPerSecond),
      "of the first": Number((eventsPerSecond / first).toFixed(2)),
      entities,
      "bytes an entity, pairs included": Math.round(stateBytes / entities),
    })),
  );
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
