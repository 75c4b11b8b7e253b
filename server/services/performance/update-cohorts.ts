import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { DEFAULT_MATURITY_DAYS } from "#server/domain/label.ts";
import { decodeColumns } from "#server/services/analysis/block-columns.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";
import { encodeGroups } from "./cohort-groups.ts";
import { cohortOf } from "./cohort-of.ts";
import type { CohortPart, LearnedSpan } from "./cohort-rows.ts";

export type CohortUpdate = { readonly db: Database; readonly now: () => Date };

/** The version of cohorts of all versions as they served. */
export const ALL_VERSIONS = "all";

const WEEK_MS = 7 * DAY_MS;
const MOST_WEEKS = 106;
/** A tick does no more, so that other jobs get their turn. */
const WEEKS_A_TICK = 8;
/** Another one computes everything anew. */
const FORMAT = 3;

type BlockState = { weekMs: number; versionId: string; parts: number; sum: number; latest: number };

/**
 * Brings the performance by week up to the blocks and to what has matured, the newest weeks first. A week is computed
 * from all of its rows whenever one of them, or what is mature of them, has changed, so the figures are those of a
 * computation from scratch; a crash repeats a week at most. Returns how many weeks were computed.
 */
export async function updateCohorts({ db, now }: CohortUpdate): Promise<number> {
  const at = now();
  const maturityDays = (await findActivePolicy(db))?.policy.maturityDays ?? DEFAULT_MATURITY_DAYS;
  const matureBeforeMs = maturedDay(at, maturityDays);
  const states = Map.groupBy(await blockStates(db, at), ({ weekMs }) => weekMs);
  const stored = new Map(
    (await db.performanceCohort.findMany({ where: { modelVersionId: ALL_VERSIONS } })).map((cohort) => [
      cohort.week.getTime(),
      cohort.basis,
    ]),
  );
  const due = [...states]
    .map(([weekMs, ofWeek]) => ({ weekMs, basis: basisOf(weekMs, ofWeek, matureBeforeMs) }))
    .filter(({ weekMs, basis }) => stored.get(weekMs) !== basis)
    .sort((a, b) => b.weekMs - a.weekMs)
    .slice(0, WEEKS_A_TICK);
  if (due.length === 0) return 0;
  const learned = await learnedSpans(db);
  const options = { matureBeforeMs, learnedOf: (id: string) => learned.get(id) ?? nothingLearned };
  for (const { weekMs, basis } of due) await storeWeek(db, { weekMs, basis, at }, options);
  return due.length;
}

/** Start of the UTC day before which payments have had all the time that a dispute takes. */
function maturedDay(at: Date, maturityDays: number): number {
  return Math.floor((at.getTime() - maturityDays * DAY_MS) / DAY_MS) * DAY_MS;
}

/** What a week's figures depend on: its blocks, and how far it is mature. */
function basisOf(weekMs: number, blocks: readonly BlockState[], matureBeforeMs: number): string {
  const mature = Math.min(Math.max(matureBeforeMs, weekMs), weekMs + WEEK_MS);
  const states = blocks
    .map(({ versionId, parts, sum, latest }) => `${versionId} ${parts} ${sum} ${latest}`)
    .sort();
  return `${FORMAT} ${mature} ${states.join(", ")}`;
}

async function blockStates(db: Database, at: Date): Promise<BlockState[]> {
  const since = new Date(at.getTime() - MOST_WEEKS * WEEK_MS);
  return db.$queryRaw<BlockState[]>(Prisma.sql`
    select (extract(epoch from date_trunc('week', day::timestamp)) * 1000)::float8 as "weekMs",
      model_version_id as "versionId", count(*)::int as parts, sum(revision)::float8 as sum,
      max(revision)::float8 as latest
    from analysis_block where day >= date_trunc('week', ${since}::date::timestamp)::date group by 1, 2`);
}

const nothingLearned: LearnedSpan = { fromMs: 0, toMs: 0 };
const Split = z.object({ split: z.object({ validation: z.object({ toMs: z.number() }) }) });

/** From the first payment that each version was trained on to the last that its choice was made on. */
async function learnedSpans(db: Database): Promise<Map<string, LearnedSpan>> {
  const versions = await db.modelVersion.findMany({
    where: { promotedAt: { not: null } },
    select: { id: true, trainedFrom: true, trainedTo: true, metrics: true },
  });
  return new Map(
    versions.map(({ id, trainedFrom, trainedTo, metrics }) => {
      const report = Split.safeParse(metrics);
      const validatedTo = report.success ? report.data.split.validation.toMs : 0;
      return [id, { fromMs: trainedFrom.getTime(), toMs: Math.max(trainedTo.getTime(), validatedTo) }];
    }),
  );
}

type Place = { readonly weekMs: number; readonly basis: string; readonly at: Date };

/** Computes a week, of all versions and of each, and writes all of it or nothing. */
async function storeWeek(
  db: Database,
  { weekMs, basis, at }: Place,
  options: Parameters<typeof cohortOf>[1],
): Promise<void> {
  const parts = await readParts(db, weekMs);
  const byVersion = Map.groupBy(parts, ({ versionId }) => versionId);
  const whole = cohortOf(parts, options);
  const cohorts = [...byVersion].map(([versionId, ofVersion]) => ({
    versionId,
    cohort: byVersion.size === 1 ? whole : cohortOf(ofVersion, options),
  }));
  const week = new Date(weekMs);
  await db.$transaction([
    db.performanceCohort.deleteMany({ where: { week } }),
    db.performanceCohort.createMany({
      data: [{ versionId: ALL_VERSIONS, cohort: whole }, ...cohorts].map(({ versionId, cohort }) => ({
        week,
        modelVersionId: versionId,
        basis,
        computedAt: at,
        body: JSON.parse(JSON.stringify(cohort.facts)) as Prisma.InputJsonValue,
        groups: encodeGroups(cohort.groups),
      })),
    }),
  ]);
}

type StoredPart = { dayMs: number; versionId: string; rows: number; columns: Uint8Array };

async function readParts(db: Database, weekMs: number): Promise<CohortPart[]> {
  const [from, to] = [weekMs, weekMs + WEEK_MS].map((ms) => new Date(ms).toISOString().slice(0, 10));
  const stored = await db.$queryRaw<StoredPart[]>(Prisma.sql`
    select (extract(epoch from day) * 1000)::float8 as "dayMs", model_version_id as "versionId", rows, columns
    from analysis_block where day >= ${from}::date and day < ${to}::date order by day, model_version_id, part`);
  return stored.map(({ dayMs, versionId, rows, columns }) => ({
    dayMs,
    versionId,
    columns: decodeColumns(columns, rows),
  }));
}
