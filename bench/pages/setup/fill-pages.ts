import type { Client } from "pg";
import { progressBar } from "#server/cli/progress-bar.ts";
import { WEEK_MS, weekOf } from "#server/services/drift/weeks.ts";
import { closedCasesSql, eventsSql, openCasesSql } from "../../review/setup/case-sql.ts";
import { analystIds, dropIndexes, writePeopleAndPlaces } from "../../review/setup/fill-review.ts";
import { deskSql } from "./desk-sql.ts";
import type { Versions } from "./models.ts";
import { makePool, type PoolDeps } from "./pool.ts";
import { labelsSql, weekSql } from "./pool-sql.ts";
import { runJobs } from "./run-jobs.ts";

/** Two years. */
const WEEKS = 104;
/** Since when the champion has decided, and another has scored in shadow. */
const CHAMPION_WEEKS = 40;
const SHADOW_WEEKS = 20;
const OPEN_CASES = 2_000;

export type PagesFill = PoolDeps & {
  /** payments */
  readonly rows: number;
  /** the moment that the database is of */
  readonly at: Date;
};

/**
 * Fills an empty, migrated database with two years of decided payments: a small world goes through the product's own
 * code and is multiplied in PostgreSQL; cases, labels and what people did follow; then the product's jobs run on it.
 */
export async function fillPages(fill: PagesFill): Promise<void> {
  const { client, at } = fill;
  await client.query("set synchronous_commit = off");
  await writePeopleAndPlaces(client, new Date(at.getTime() - WEEKS * WEEK_MS));
  const versions = await makePool(fill, weekOf(at.getTime()) - CHAMPION_WEEKS * WEEK_MS);
  await client.query("set session_replication_role = replica"); // no foreign key is checked row by row
  await client.query("select setseed(0.42)");
  const indexes = await dropIndexes(client);
  await writeWeeks(fill, versions);
  await writeDesk(client, { at, indexes });
  await client.query("set session_replication_role = origin");
  await client.query("drop table bench_pool");
  await client.query("vacuum analyze");
  await runJobs(fill);
  await client.query("vacuum analyze");
}

async function writeWeeks({ client, rows, at, signal }: PagesFill, versions: Versions): Promise<void> {
  const bar = progressBar({ label: "Writing two years", total: rows, unit: "payments" });
  const running = weekOf(at.getTime());
  const perWeek = Math.ceil(rows / (WEEKS - 1 + (at.getTime() - running) / WEEK_MS));
  for (let week = 0; week < WEEKS; week++) {
    signal.throwIfAborted();
    const ago = WEEKS - 1 - week;
    const monday = new Date(running - ago * WEEK_MS);
    const decider = ago < CHAMPION_WEEKS ? versions.champion : versions.retired;
    const shadow = ago < SHADOW_WEEKS ? versions.challenger : null;
    await client.query(weekSql, [week, perWeek, monday, at, decider, shadow]);
    bar.update(Math.min(rows, (week + 1) * perWeek));
  }
  bar.finish(`Wrote ${rows.toLocaleString("en")} payments`);
}

type Desk = { readonly at: Date; readonly indexes: readonly string[] };

async function writeDesk(client: Client, { at, indexes }: Desk): Promise<void> {
  const bar = progressBar({ label: "Writing what people did", total: 1 });
  const isOfCases = (index: string): boolean => / ON public\."?case/.test(index);
  for (const [done, index] of indexes.entries()) {
    if (!isOfCases(index)) await client.query(index);
    bar.update((0.6 * done) / indexes.length, "indexes");
  }
  await client.query("analyze transaction, decision");
  await client.query(openCasesSql, [at, OPEN_CASES, analystIds, 0]);
  await client.query(closedCasesSql, [at, analystIds]);
  bar.update(0.7, "timelines");
  await client.query(eventsSql);
  bar.update(0.8, "labels");
  await client.query(labelsSql, [at]);
  for (const index of indexes) if (isOfCases(index)) await client.query(index);
  for (const { text, takesMoment } of deskSql) await client.query(text, takesMoment ? [at] : []);
  bar.finish();
}
