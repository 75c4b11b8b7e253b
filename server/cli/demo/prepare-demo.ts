import type { Pool } from "pg";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { backfillDecisions } from "#server/scoring/backfill.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { promoteModel } from "#server/services/model/index.ts";
import { activatePolicy, findActivePolicy } from "#server/services/policy/index.ts";
import { endRun, requestTraining, runTraining } from "#server/services/training/index.ts";
import { progressBar } from "../progress-bar.ts";
import type { DemoOptions } from "./demo-options.ts";
import { type DemoWorld, loadDemoWorld, saveDemoWorld } from "./demo-world.ts";
import { seedHistory } from "./seed-history.ts";

type Deps = {
  readonly db: Database;
  readonly pool: Pool;
  readonly options: DemoOptions;
  readonly signal: AbortSignal;
};

const SCORED_DAYS = 45; // so that the pages have a past in which labels have matured
const CASE_DAYS = 2; // the review queue holds what the last days left

/**
 * Makes the demo's past once: payments and labels of the simulated world, a champion trained on them, decisions on
 * the last weeks and open cases. Interrupted, it goes on at the next start.
 */
export async function prepareDemo(deps: Deps): Promise<DemoWorld> {
  const world = (await loadDemoWorld(deps.db)) ?? newWorld(deps.options, Date.now());
  if (world.ready) return world;
  await saveDemoWorld(deps.db, world);
  await activateDemoPolicy(deps.db);
  await simulatePast(deps, world);
  await trainChampion(deps);
  await scorePast(deps, world);
  const ready = { ...world, ready: true };
  await saveDemoWorld(deps.db, ready);
  return ready;
}

function newWorld({ seed, days, customers, merchants }: DemoOptions, nowMs: number): DemoWorld {
  const startMs = Math.floor(nowMs / DAY_MS) * DAY_MS - days * DAY_MS;
  return { seed, customers, merchants, startMs, endMs: nowMs, days: days + 1, ready: false };
}

/** In the simulated world 96 of 100 disputes are raised within three weeks, so that is what mature means there. */
async function activateDemoPolicy(db: Database): Promise<void> {
  if ((await findActivePolicy(db)) !== null) return;
  const ctx: ServiceContext = { db, actor: { kind: "system", name: "demo" }, now: () => new Date() };
  await activatePolicy(ctx, {
    policy: { ...defaultPolicy, name: "Demo policy", maturityDays: 21 },
    expectedActiveId: null,
  });
}

async function simulatePast({ pool, options, signal }: Deps, world: DemoWorld): Promise<void> {
  const bar = progressBar({ label: `Simulating ${options.days} days of payments`, total: 1 });
  const { payments, labels } = await seedHistory(pool, world, (fraction, done) => {
    signal.throwIfAborted();
    bar.update(fraction, `${done.toLocaleString("en")} written`);
  });
  bar.finish(`Simulated ${payments.toLocaleString("en")} payments and ${labels.toLocaleString("en")} labels`);
}

/** Trains on all of the past and promotes the result, as `npm run train` and `npm run promote` do. */
async function trainChampion({ db, pool, signal }: Deps): Promise<void> {
  if ((await db.modelVersion.count({ where: { status: "champion" } })) > 0) return;
  const now = (): Date => new Date();
  const ctx: ServiceContext = { db, actor: { kind: "system", name: "demo" }, now };
  await endInterruptedRun(db, now());
  const run = await requestTraining(ctx, {}, { foreground: true });
  const bar = progressBar({ label: "Training", total: 1 });
  const onProgress = ({ fraction, stage }: { fraction: number; stage: string }): void =>
    bar.update(fraction, stage);
  const end = await runTraining({ db, pool, now, signal, whenStopped: "cancel", onProgress }, run.id);
  if (end.status !== "succeeded") {
    bar.finish("Training did not finish");
    throw new Error(end.status === "failed" ? end.error : "Interrupted.");
  }
  await promoteModel(ctx, { versionId: end.version.id });
  const { selected, families, seconds } = end.report;
  const precision = families[selected]?.test.averagePrecision;
  bar.finish(
    `Trained in ${Math.round(seconds)} s: ${selected}, average precision ${precision?.toFixed(3) ?? "unknown"}`,
  );
}

/** Decides the last weeks as if the champion had served then; what is recent and doubtful waits for analysts. */
async function scorePast({ pool, signal }: Deps, world: DemoWorld): Promise<void> {
  const bar = progressBar({ label: "Scoring the last weeks", total: 1 });
  const { decisions, cases } = await backfillDecisions(pool, {
    from: new Date(world.endMs - SCORED_DAYS * DAY_MS),
    to: new Date(world.endMs),
    casesFrom: new Date(world.endMs - CASE_DAYS * DAY_MS),
    now: new Date(),
    signal,
    onProgress: ({ done, total }) => bar.update(done / Math.max(1, total)),
  });
  await pool.query("analyze");
  bar.finish(
    `Scored ${decisions.toLocaleString("en")} payments of the last ${SCORED_DAYS} days; ${cases} cases wait for review`,
  );
}

/** This process holds the installation and no worker runs yet, so a run that is under way was killed. */
async function endInterruptedRun(db: Database, now: Date): Promise<void> {
  const runs = await db.trainingRun.findMany({
    where: { status: { in: ["queued", "running"] } },
    select: { id: true },
  });
  for (const { id } of runs)
    await endRun(db, id, { status: "failed", error: "Interrupted: its process ended.", at: now });
}
