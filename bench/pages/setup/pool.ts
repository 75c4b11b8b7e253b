import type { Client, Pool } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { simulate } from "#ml/simulation/simulate.ts";
import { progressBar } from "#server/cli/progress-bar.ts";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { backfillDecisions } from "#server/scoring/backfill.ts";
import { WEEK_MS } from "#server/services/drift/weeks.ts";
import {
  type HistoricalLabel,
  writeHistoricalLabels,
  writePayments,
} from "#server/services/import/write-history.ts";
import { installRules } from "../../scoring/setup/install-rules.ts";
import { scoreInShadow, trainVersions, type Versions } from "./models.ts";
import { poolSql } from "./pool-sql.ts";

export type PoolDeps = {
  readonly db: Database;
  readonly pool: Pool;
  readonly client: Client;
  readonly signal: AbortSignal;
};

const BATCH = 5_000;
const WARM_WEEKS = 6; // features look back a month
const POOL_WEEKS = 11;
const WORLD = { seed: 1, customers: 900, merchants: 400 };

/**
 * Makes the pool: a small world up to the Monday `endMs` goes through the product's own import, training and decisions,
 * is kept in `bench_pool`, and leaves the tables of payments empty. Returns the models trained on it.
 */
export async function makePool(deps: PoolDeps, endMs: number): Promise<Versions> {
  const { db, pool, client, signal } = deps;
  const days = ((WARM_WEEKS + POOL_WEEKS) * WEEK_MS) / DAY_MS;
  const startMs = endMs - days * DAY_MS;
  await writeWorld(pool, { ...WORLD, startMs, days });
  const bar = progressBar({ label: "Training", total: 1 });
  const versions = await trainVersions({ db, pool, signal }, new Date(endMs), bar);
  bar.finish();
  await installRules(pool);
  const poolFromMs = endMs - POOL_WEEKS * WEEK_MS;
  await backfillDecisions(pool, {
    from: new Date(poolFromMs),
    to: new Date(endMs),
    casesFrom: null,
    now: new Date(endMs),
    signal,
  });
  await client.query("analyze transaction, decision, effective_label");
  await client.query(poolSql(new Date(poolFromMs).toISOString()));
  await scoreInShadow({ db, pool, signal }, versions.challenger);
  await client.query(
    `truncate "case", case_event, effective_label, label, label_withdrawal, decision, transaction restart identity cascade`,
  );
  await client.query("vacuum analyze bench_pool");
  return versions;
}

type World = typeof WORLD & { readonly startMs: number; readonly days: number };

async function writeWorld(pool: Pool, world: World): Promise<void> {
  const endMs = world.startMs + world.days * DAY_MS;
  const labels: HistoricalLabel[] = [];
  let batch: PaymentEvent[] = [];
  for (const { payment, label } of simulate(world)) {
    if (label !== null && label.recordedAtMs < endMs) {
      labels.push({ transactionId: payment.id, occurredAtMs: payment.occurredAtMs, ...label });
    }
    if (batch.push(payment) < BATCH) continue;
    await writePayments(pool, batch, "simulation");
    batch = [];
  }
  await writePayments(pool, batch, "simulation");
  labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  await writeHistoricalLabels(pool, labels);
  await pool.query("analyze transaction, label, effective_label");
}
