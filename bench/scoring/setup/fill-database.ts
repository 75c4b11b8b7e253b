import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { generateApiKey } from "#server/auth/api-key.ts";
import { progressBar } from "#server/cli/progress-bar.ts";
import type { Database } from "#server/db/client.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { backfillDecisions } from "#server/scoring/backfill.ts";
import { createApiKey } from "#server/services/api-key/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  type HistoricalLabel,
  writeHistoricalLabels,
  writePayments,
} from "#server/services/import/write-history.ts";
import { activatePolicy } from "#server/services/policy/index.ts";
import { type BenchWorld, historyOf, withAttributes } from "../payments.ts";
import { fitModels, installModels } from "./champion.ts";

const BATCH = 5_000;
const DAY_MS = 86_400_000;
const CASE_DAYS = 2;

export type FillDeps = { readonly db: Database; readonly pool: Pool; readonly signal: AbortSignal };

/**
 * Fills an empty database through the product's own code: the world's payments and labels, a champion and a challenger,
 * a policy, a decision on every payment, a key. Returns the key. @throws the signal's reason when aborted
 */
export async function fillDatabase({ db, pool, signal }: FillDeps, world: BenchWorld): Promise<string> {
  const now = (): Date => new Date();
  const ctx: ServiceContext = { db, actor: { kind: "system", name: "bench" }, now };
  await activatePolicy(ctx, { policy: { ...defaultPolicy, name: "Bench policy" }, expectedActiveId: null });
  const fitting = progressBar({ label: "Fitting champion and challenger", total: 1 });
  await installModels(ctx, db, await fitModels(world, fitting));
  fitting.finish();
  const total = await writeHistory(pool, world, signal);
  await decideHistory(pool, world, total, signal);
  await pool.query("vacuum analyze");
  const { key } = await createApiKey(ctx, { name: "bench", scopes: ["score", "label"] }, () =>
    generateApiKey(randomBytes),
  );
  return key;
}

async function writeHistory(pool: Pool, world: BenchWorld, signal: AbortSignal): Promise<number> {
  const bar = progressBar({ label: `Writing ${world.days} days of payments`, total: 1 });
  const labels: HistoricalLabel[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  let done = 0;
  for (const batch of batches(payments(world, labels))) {
    signal.throwIfAborted();
    await writing; // the next batch is simulated while this one is written
    writing = writePayments(pool, batch, "simulation");
    writing.catch(() => {}); // awaited with the next batch, or at the end
    done += batch.length;
    const lastMs = batch.at(-1)?.occurredAtMs ?? world.startMs;
    bar.update((lastMs - world.startMs) / (world.days * DAY_MS), `${done.toLocaleString("en")} written`);
  }
  await writing;
  labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  for (const batch of batches(labels)) await writeHistoricalLabels(pool, batch);
  await pool.query("analyze");
  bar.finish(`Wrote ${done.toLocaleString("en")} payments and ${labels.length.toLocaleString("en")} labels`);
  return done;
}

async function decideHistory(
  pool: Pool,
  world: BenchWorld,
  total: number,
  signal: AbortSignal,
): Promise<void> {
  const bar = progressBar({ label: "Deciding them", total, unit: "payments" });
  const endMs = world.startMs + world.days * DAY_MS;
  const { decisions, cases } = await backfillDecisions(pool, {
    from: new Date(world.startMs),
    to: new Date(endMs),
    casesFrom: new Date(endMs - CASE_DAYS * DAY_MS),
    now: new Date(),
    signal,
    onProgress: ({ done }) => bar.update(done),
  });
  bar.finish(`Decided ${decisions.toLocaleString("en")} payments; ${cases.toLocaleString("en")} cases wait`);
}

/** In order of time; the labels recorded by the end are put aside. */
function* payments(world: BenchWorld, labels: HistoricalLabel[]): Generator<PaymentEvent> {
  const endMs = world.startMs + world.days * DAY_MS;
  for (const { payment, label } of historyOf(world)) {
    if (label !== null && label.recordedAtMs < endMs) {
      labels.push({ transactionId: payment.id, occurredAtMs: payment.occurredAtMs, ...label });
    }
    yield withAttributes(payment);
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
