import { DAY_MS } from "#server/domain/day.ts";
import { defaultRetrainingSettings } from "#server/domain/retraining-settings.ts";
import { backfillDecisions } from "#server/scoring/backfill.ts";
import { BASELINE_WEEKS } from "#server/services/drift/watched-rows.ts";
import {
  type HistoricalLabel,
  writeHistoricalLabels,
  writePayments,
} from "#server/services/import/write-history.ts";
import { promoteModel } from "#server/services/model/index.ts";
import { activatePolicy } from "#server/services/policy/index.ts";
import { changeRetrainingSettings, lookForReasons } from "#server/services/retraining/index.ts";
import { requestTraining } from "#server/services/training/index.ts";
import type { Disputes } from "./disputes.ts";
import { type Installation, jobContext } from "./installation.ts";
import type { Narrator } from "./narrator.ts";
import { daysOf, type PaymentFeed } from "./payment-feed.ts";
import { STORY_START_MS, type StoryPlan, storyPolicy } from "./plan.ts";
import { carryOut, storyRetraining, storyTraining } from "./retraining.ts";

const WEEK_MS = 7 * DAY_MS;
const BATCH = 5_000;

type Parts = {
  readonly plan: StoryPlan;
  readonly feed: PaymentFeed;
  readonly disputes: Disputes;
  readonly narrator: Narrator;
};

/** The policy and when to train anew, the past, a champion trained on it, and the decisions it would have made. */
export async function prepare(installation: Installation, parts: Parts): Promise<void> {
  const { plan, narrator } = parts;
  const ctx = jobContext(installation, "story");
  await activatePolicy(ctx, { policy: storyPolicy(plan), expectedActiveId: null });
  await changeRetrainingSettings(ctx, {
    settings: storyRetraining(plan.matureLabels),
    expected: defaultRetrainingSettings,
  });
  await writePast(installation, parts);
  await trainChampion(installation, parts);
  await lookForReasons(ctx); // what labels ask is counted from here on
  const liveMs = STORY_START_MS + daysOf(plan).live * DAY_MS;
  const bar = narrator.stage("Scoring the past");
  const { decisions } = await backfillDecisions(installation.pool, {
    from: new Date(liveMs - (BASELINE_WEEKS + 1) * WEEK_MS - plan.maturityDays * DAY_MS),
    to: new Date(liveMs),
    casesFrom: null,
    now: installation.clock.now(),
    signal: installation.signal,
    onProgress: ({ done, total }) => bar.update(done / Math.max(1, total)),
  });
  bar.finish(`Scored ${decisions.toLocaleString("en")} payments of the past, to know what is usual`);
}

async function writePast({ pool, clock, signal }: Installation, parts: Parts): Promise<void> {
  const { plan, feed, disputes, narrator } = parts;
  const { live } = daysOf(plan);
  const bar = narrator.stage(`Simulating ${plan.weeks.history} weeks of payments`);
  const liveMs = STORY_START_MS + live * DAY_MS;
  const labels: HistoricalLabel[] = [];
  let payments = 0;
  for (let day = 7; day <= live; day += 7) {
    signal.throwIfAborted();
    const week = feed.until(STORY_START_MS + day * DAY_MS);
    await writePayments(
      pool,
      week.map(({ payment }) => payment),
      "simulation",
    );
    for (const simulated of week) {
      const { payment, label } = simulated;
      if (label === null) continue;
      const recordedAtMs = endOfDay(label.recordedAtMs);
      if (recordedAtMs > liveMs) disputes.expect(simulated);
      else
        labels.push({
          transactionId: payment.id,
          occurredAtMs: payment.occurredAtMs,
          ...label,
          recordedAtMs,
        });
    }
    payments += week.length;
    bar.update(day / live);
  }
  labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  for (let from = 0; from < labels.length; from += BATCH)
    await writeHistoricalLabels(pool, labels.slice(from, from + BATCH));
  await pool.query("analyze");
  clock.set(liveMs);
  bar.finish(
    `Simulated ${payments.toLocaleString("en")} payments of the past with ${labels.length.toLocaleString("en")} labels`,
  );
}

/** Issuers send what they heard once a day, as they do in the live weeks. */
function endOfDay(ms: number): number {
  return Math.ceil(ms / DAY_MS) * DAY_MS;
}

async function trainChampion(installation: Installation, { plan, narrator }: Parts): Promise<void> {
  const ctx = jobContext(installation, "story");
  const run = await requestTraining(ctx, storyTraining(plan.seed), { foreground: true });
  const bar = narrator.stage("Training the first champion");
  const end = await carryOut(installation, run.id, (fraction, stage) => bar.update(fraction, stage));
  installation.signal.throwIfAborted();
  if (end.status !== "succeeded") throw new Error(end.status === "failed" ? end.error : "Interrupted.");
  await promoteModel(ctx, { versionId: end.version.id });
  const precision = end.report.families[end.report.selected]?.test.averagePrecision;
  bar.finish(`Trained the first champion: average precision ${precision?.toFixed(3) ?? "unknown"}`);
}
