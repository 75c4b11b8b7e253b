import type { Client } from "pg";
import { defaultPolicy } from "#server/domain/policy.ts";
import { benchQueues, closedCasesSql, eventsSql, explorationSql, openCasesSql } from "./case-sql.ts";
import { decisionsSql, labelsSql, paymentsSql } from "./fill-sql.ts";

export type FillOptions = {
  readonly rows: number;
  readonly cases: number;
  /** how many of the cases lie in the race's queue */
  readonly raceCases: number;
  /** the moment that the database is of */
  readonly at: Date;
  readonly signal: AbortSignal;
  /** share of the whole, 0 to 1, and what is being written */
  readonly onProgress: (share: number, what: string) => void;
};

const ANALYSTS = 32;
export const analystIds: readonly string[] = Array.from({ length: ANALYSTS }, (_, i) => `analyst_${i + 1}`);
const BATCH = 50_000;
const filled = ["transaction", "decision", "label", "effective_label", "case", "case_event"];

/** Fills an empty, migrated database: payments, decisions and labels, then cases of them. @throws the signal's reason when aborted */
export async function fillReview(client: Client, options: FillOptions): Promise<void> {
  const { rows, cases, raceCases, at, onProgress } = options;
  await client.query("set session_replication_role = replica"); // no foreign key is checked row by row
  await client.query("set synchronous_commit = off");
  await client.query("select setseed(0.42)");
  const policyId = await writePeopleAndPlaces(client, at);
  const indexes = await dropIndexes(client);
  await inBatches(options, async (first, last) => {
    await client.query(paymentsSql, [first, last, at, rows]);
    await client.query(decisionsSql, [first, last, policyId]);
    await client.query(labelsSql, [first, last, at]);
  });
  onProgress(0.6, "ordering");
  for (const [done, index] of indexes.entries()) {
    if (!/ ON public\."?case/.test(index)) await client.query(index);
    onProgress(0.6 + (0.2 * done) / indexes.length, "indexes");
  }
  await client.query("analyze transaction, decision");
  onProgress(0.8, "cases");
  await client.query(openCasesSql, [at, cases, analystIds, raceCases]);
  await client.query(explorationSql);
  await client.query(closedCasesSql, [at, analystIds]);
  onProgress(0.88, "timelines");
  await client.query(eventsSql);
  for (const index of indexes) if (/ ON public\."?case/.test(index)) await client.query(index);
  onProgress(0.95, "statistics");
  await client.query("set session_replication_role = origin");
  await client.query("vacuum analyze");
}

async function inBatches(
  { rows, signal, onProgress }: FillOptions,
  write: (first: number, last: number) => Promise<void>,
): Promise<void> {
  for (let first = 1; first <= rows; first += BATCH) {
    signal.throwIfAborted();
    await write(first, Math.min(rows, first + BATCH - 1));
    onProgress((0.6 * Math.min(rows, first + BATCH - 1)) / rows, "payments");
  }
}

/** Analysts, a lead, queues and the policy in force, whose id it returns. */
export async function writePeopleAndPlaces(client: Client, at: Date): Promise<string> {
  const people = [...analystIds.map((id) => [id, "analyst"]), ["lead_1", "lead"]];
  for (const [id, role] of people) {
    await client.query(
      `insert into "user" (id, email, name, role, password_hash, created_at) values ($1, $2, $1, $3, 'none', $4)`,
      [id, `${id}@bench.example`, role, at],
    );
  }
  for (const [index, { id, name, slaMinutes }] of benchQueues.entries()) {
    await client.query(
      `insert into queue (id, name, position, routing, sla_minutes, created_at) values ($1, $2, $3, '{}', $4, $5)`,
      [id, name, index + 1, slaMinutes, at],
    );
  }
  await client.query(
    `insert into policy_version (id, status, body, created_at, activated_at) values ('policy_1', 'active', $1, $2, $2)`,
    [defaultPolicy, at],
  );
  return "policy_1";
}

/** Takes away what slows writing; returns the statements that make it again. */
export async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
     where i.schemaname = 'public' and i.tablename = any ($1)
       and not exists (select from pg_index x join pg_class c on c.oid = x.indexrelid
                       where c.relname = i.indexname and x.indisprimary)`,
    [filled],
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  return rows.map(({ definition }) => definition);
}
