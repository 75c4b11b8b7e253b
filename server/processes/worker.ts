import { resolve } from "node:path";
import { PgBoss } from "pg-boss";
import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { pagesUrl, readEnvironment } from "#server/env.ts";
import { createAlerting } from "#server/jobs/alerts.ts";
import { createCaseRouting } from "#server/jobs/case-routing.ts";
import { createDeliveries } from "#server/jobs/deliveries.ts";
import { startDriftWatch } from "#server/jobs/drift-watch.ts";
import { createNightlyReplay } from "#server/jobs/nightly-replay.ts";
import { repeat } from "#server/jobs/repeat.ts";
import { startTrainingChild } from "#server/jobs/training-child.ts";
import { startTrainingQueue } from "#server/jobs/training-queue.ts";
import { createBlockBuilder } from "#server/services/analysis/index.ts";
import { createShadowCounter, watchCanary } from "#server/services/canary/index.ts";
import { countLabelDelays } from "#server/services/label/index.ts";
import { createDecisionAggregator } from "#server/services/monitoring/index.ts";
import { updateCohorts } from "#server/services/performance/index.ts";
import { pruneTimes } from "#server/services/promotion/recorded-times.ts";
import { watchChampion } from "#server/services/promotion/watch-champion.ts";
import { lookForReasons } from "#server/services/retraining/index.ts";
import { failOrphanedRuns } from "#server/services/training/index.ts";
import { parseSmtpUrl } from "#server/services/webhook/index.ts";
import { databaseUrl } from "./database-url.ts";
import { announceReady, drainOnSignal } from "./lifecycle.ts";
import { processLog } from "./process-log.ts";

const AGGREGATE_MS = 5_000;
const ROUTE_MS = 500;
const DELIVER_MS = 1_000;
const ALERT_MS = 10_000;
const CANARY_MS = 10_000;
const SWEEP_MS = 15_000;
const GUARD_MS = 30_000;
const DRIFT_MS = 60_000;
const COHORTS_MS = 30_000;
const NIGHTLY_MS = 60_000;
const REPLAY_FILE = resolve(import.meta.dirname, "nightly-replay.ts");
const TRAINING_FILE = resolve(import.meta.dirname, "training.ts");
const STOP_TIMEOUT_MS = 10_000;

/**
 * The worker: training runs by way of pg-boss, the routing of cases, the counts that pages read, and the care for
 * runs that died.
 */
const env = readEnvironment();
const url = await databaseUrl(env);
openArtifacts(env);

const log = processLog("worker", env.LOG_LEVEL);
const onError = (error: unknown): void => log.error({ err: error }, "a job failed; it is tried again");
const now = (): Date => new Date();
const db = openDatabase(url, 4);
const pool = openPool(url, 4, onError);
const boss = new PgBoss({ connectionString: url, max: 3, application_name: "assay-worker", schedule: false });
boss.on("error", onError);
await boss.start();

const childEnv = { ...process.env, DATABASE_URL: url };
const queue = await startTrainingQueue({
  boss,
  db,
  now,
  onError,
  startChild: (runId) => startTrainingChild(TRAINING_FILE, runId, childEnv),
});
const aggregator = createDecisionAggregator({ db, pool, now });
const blocks = createBlockBuilder({ pool, now });
const shadows = createShadowCounter({ pool, now });
const nightly = createNightlyReplay({
  pool,
  now,
  startChild: () => startTrainingChild(REPLAY_FILE, "", childEnv),
  onFailure: (failure) => log.error(`the nightly check of what was served ${failure}`),
});
const routing = createCaseRouting(db, now);
const alerting = createAlerting(db, now);
const smtp = env.SMTP_URL === undefined ? null : parseSmtpUrl(env.SMTP_URL);
const deliveries = createDeliveries({
  db,
  now,
  onError,
  random: Math.random,
  senders: {
    now,
    allowPrivate: env.WEBHOOKS_ALLOW_PRIVATE,
    pagesUrl: pagesUrl(env),
    mail: smtp === null ? null : { server: smtp, from: env.ALERT_EMAIL_FROM, now },
  },
});
const loops = [
  repeat(ROUTE_MS, () => routing.tick(), onError),
  repeat(DELIVER_MS, () => deliveries.tick(), onError),
  repeat(ALERT_MS, () => alerting.tick(), onError),
  repeat(AGGREGATE_MS, () => aggregator.tick(), onError),
  repeat(AGGREGATE_MS, () => blocks.tick(), onError),
  repeat(AGGREGATE_MS, () => countLabelDelays(db, now()), onError),
  repeat(SWEEP_MS, sweep, onError),
  repeat(AGGREGATE_MS, () => shadows.tick(), onError),
  repeat(CANARY_MS, guardCanary, onError),
  repeat(GUARD_MS, guard, onError),
  repeat(NIGHTLY_MS, () => nightly.tick(), onError),
  repeat(COHORTS_MS, () => updateCohorts({ db, now }), onError),
];
const drift = startDriftWatch({ url, pauseMs: DRIFT_MS, onError });
announceReady();
log.info("worker is ready");

drainOnSignal(async () => {
  log.info("worker drains");
  await Promise.all([
    queue.stop(),
    nightly.stop(),
    deliveries.stop(),
    drift.stop(),
    ...loops.map((loop) => loop.stop()),
  ]);
  await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  await db.$disconnect();
  await pool.end();
});

async function sweep(): Promise<void> {
  for (const runId of await failOrphanedRuns(db, now())) log.warn({ runId }, "a training run had died");
  const started = await lookForReasons({ db, now, actor: { kind: "job", name: "retraining" } });
  if (started !== null) log.info({ runId: started }, "a training was asked for by a trigger");
}

async function guardCanary(): Promise<void> {
  const checks = await watchCanary({ db, now, actor: { kind: "job", name: "guardrails" } });
  const broken = (checks ?? []).filter(({ passed }) => passed === false);
  if (broken.length > 0) log.warn({ broken }, "the canary broke a guardrail and was stopped");
}

async function guard(): Promise<void> {
  await pruneTimes(db, now());
  const watched = await watchChampion({ db, now, actor: { kind: "job", name: "guardrails" } });
  if (watched !== null) log.warn({ ...watched }, "the champion broke a live guardrail");
}
