import type { Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { simulate } from "#ml/simulation/simulate.ts";
import {
  type HistoricalLabel,
  writeHistoricalLabels,
  writePayments,
} from "#server/services/import/write-history.ts";
import type { DemoWorld } from "./demo-world.ts";

const BATCH = 5_000;

/**
 * Writes the simulated past up to `world.endMs`: payments in order of time, and the labels recorded by then. Runs
 * again harmlessly after an interruption. Returns how many payments and labels the past holds.
 */
export async function seedHistory(
  pool: Pool,
  world: DemoWorld,
  onProgress: (fraction: number, payments: number) => void,
): Promise<{ payments: number; labels: number }> {
  const labels: HistoricalLabel[] = [];
  let payments = 0;
  let writing: Promise<unknown> = Promise.resolve();
  for (const batch of batches(pastPayments(world, labels))) {
    await writing; // the next batch is simulated while this one is written
    writing = writePayments(pool, batch, "simulation");
    writing.catch(() => {}); // told by the await above or below, unless simulating ends before it
    payments += batch.length;
    const last = batch.at(-1)?.occurredAtMs ?? world.startMs;
    onProgress((last - world.startMs) / (world.endMs - world.startMs), payments);
  }
  await writing;
  labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  for (const batch of batches(labels)) await writeHistoricalLabels(pool, batch);
  await pool.query("analyze");
  return { payments, labels: labels.length };
}

function* pastPayments(world: DemoWorld, labels: HistoricalLabel[]): Generator<PaymentEvent> {
  for (const { payment, label } of simulate(world)) {
    if (payment.occurredAtMs >= world.endMs) return;
    if (label !== null && label.recordedAtMs < world.endMs) {
      labels.push({ transactionId: payment.id, occurredAtMs: payment.occurredAtMs, ...label });
    }
    yield payment;
  }
}

function* batches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
