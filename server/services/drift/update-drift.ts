import type { Pool } from "pg";
import { assessDefaults, assessWindow } from "#ml/monitoring/assess-window.ts";
import { driftBaseline, pooledSample } from "#ml/monitoring/drift-baseline.ts";
import { windowFacts } from "#ml/monitoring/window-facts.ts";
import type { Database } from "#server/db/client.ts";
import type { Policy } from "#server/domain/policy.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";
import { countDecisions, type ReadWeek, readWeek } from "./read-week.ts";
import { readBaseline, type StoredUsual, storeBaseline, storeWeek } from "./store-drift.ts";
import { type WatchedModel, watchedModel } from "./watched-model.ts";
import { BASELINE_WEEKS, sampledWindow, watchedRows } from "./watched-rows.ts";
import { WEEK_MS, weekOf, weeksBetween } from "./weeks.ts";

export type DriftUpdate = { readonly db: Database; readonly pool: Pool; readonly now: () => Date };

/** Weeks looked at again when decisions were added to them afterwards, and weeks kept of one version. */
const LOOKED_BACK = 4;
/** Weeks from which the usual is learned at least: where fewer came before the watch, the first after it count too. */
const LEAST_WEEKS = 6;
const MOST_WEEKS = 52;
/** The week under way is counted again when it has grown by this share. */
const GROWTH = 0.05;

/**
 * Compares every week that is over with what was usual before the champion was watched, and the week under way as far
 * as it is. Each week is read once; nothing is kept in memory, so a crash repeats at most a week. Returns how many weeks
 * were computed.
 */
export async function updateDrift({ db, pool, now }: DriftUpdate): Promise<number> {
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  const policy = await findActivePolicy(db);
  if (version === null || policy === null) return 0;
  const model = await watchedModel(db, version.artifactHash);
  const known = {
    id: version.id,
    model,
    policy: policy.policy,
    basis: `${version.artifactHash} ${policy.id}`,
  };
  const nowMs = now().getTime();
  const running = weekOf(nowMs);
  const stored = await readBaseline(db, known);
  const learned =
    stored === null || isToBeLearnedAgain(stored, running)
      ? await learnUsual({ db, pool, now }, known)
      : null;
  const watch = learned ?? stored;
  if (watch === null) return 0;
  let computed = learned?.weeks ?? 0;
  const first = Math.max(watch.watchFromMs, running - MOST_WEEKS * WEEK_MS);
  for (const weekMs of weeksBetween(first, running + WEEK_MS)) {
    const isOver = weekMs < running;
    if (!(await isDue({ db, pool }, { id: known.id, weekMs, running }))) continue;
    const week = await readWeek(pool, model, weekMs);
    await storeAssessed(
      db,
      { ...known, ...watch },
      { week, weekMs, phase: isOver ? "watched" : "running", at: now() },
    );
    computed++;
  }
  return computed;
}

type Known = {
  readonly id: string;
  readonly model: WatchedModel;
  readonly policy: Policy;
  readonly basis: string;
};
type Watch = StoredUsual;

/** As long as the usual rests on few weeks, each week that ends is learned from before the next is watched. */
function isToBeLearnedAgain(stored: Watch & { readonly computedAt: Date }, running: number): boolean {
  return stored.baseline.figures.length < LEAST_WEEKS && weekOf(stored.computedAt.getTime()) < running;
}

async function isDue(
  { db, pool }: Pick<DriftUpdate, "db" | "pool">,
  { id, weekMs, running }: { readonly id: string; readonly weekMs: number; readonly running: number },
): Promise<boolean> {
  const stored = await db.driftWindow.findUnique({
    where: { modelVersionId_week: { modelVersionId: id, week: new Date(weekMs) } },
    select: { decisions: true, phase: true },
  });
  if (stored === null) return true;
  if (weekMs < running && stored.phase === "running") return true;
  if (weekMs < running - LOOKED_BACK * WEEK_MS) return false;
  const decisions = await countDecisions(pool, weekMs);
  return weekMs < running ? decisions !== stored.decisions : decisions > stored.decisions * (1 + GROWTH);
}

/** Reads the weeks before the watch and keeps what was usual in them, with each of them compared with the rest. */
async function learnUsual({ db, pool, now }: DriftUpdate, known: Known): Promise<Watch & { weeks: number }> {
  const { model, policy } = known;
  const to = weekOf(model.slices.test.toMs);
  const read: { readonly week: ReadWeek; readonly weekMs: number }[] = [];
  const windows = [];
  let watchFromMs = to;
  for (const weekMs of weeksBetween(to - BASELINE_WEEKS * WEEK_MS, weekOf(now().getTime()))) {
    if (weekMs >= to && windows.length >= LEAST_WEEKS) break;
    const week = await readWeek(pool, model, weekMs);
    if (week.window.payments.length < assessDefaults.leastRows) {
      if (weekMs >= to) break;
      continue;
    }
    watchFromMs = Math.max(to, weekMs + WEEK_MS);
    read.push({ week, weekMs });
    windows.push({
      facts: windowFacts(watchedRows(week.window, policy), model.reference),
      sample: sampledWindow(week.window),
      isReference: overlaps(weekMs, model.slices.validation),
      isLearned: weekMs < model.slices.train.toMs,
    });
  }
  const baseline = await driftBaseline(model.reference, windows, { skip: model.skip });
  const usual = pooledSample(windows.map(({ sample }) => sample));
  await storeBaseline(db, known, { baseline, usual, watchFromMs, at: now() });
  for (const { week, weekMs } of read) {
    await storeAssessed(
      db,
      { ...known, baseline, usual, watchFromMs },
      { week, weekMs, phase: "baseline", at: now() },
    );
  }
  return { baseline, usual, watchFromMs, weeks: read.length };
}

function overlaps(
  weekMs: number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): boolean {
  return weekMs < toMs && weekMs + WEEK_MS > fromMs;
}

type Assessed = {
  readonly week: ReadWeek;
  readonly weekMs: number;
  readonly phase: "baseline" | "watched" | "running";
  readonly at: Date;
};

async function storeAssessed(
  db: Database,
  { id, model, policy, baseline, usual }: Known & Watch,
  { week, weekMs, phase, at }: Assessed,
): Promise<void> {
  const facts = windowFacts(watchedRows(week.window, policy), model.reference);
  const samples = { window: sampledWindow(week.window), usual };
  const against = { reference: model.reference, baseline };
  const assessment = await assessWindow(facts, samples, against, { ...assessDefaults, skip: model.skip });
  const { reported, caught } = facts;
  await storeWeek(db, { id, weekMs, phase, at }, { assessment, reported, caught, served: week.served });
}
