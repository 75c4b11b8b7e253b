import type { Pool } from "pg";
import { progressBar } from "#server/cli/progress-bar.ts";
import { openPool } from "#server/db/pool.ts";
import { databaseNamed, maintain, runCopy } from "./bench-database.ts";
import type { CleanUp } from "./clean-up.ts";

const KEPT = "peer";
const RUN = "peer_run";
const PAGE = 20_000;

// As the peer's app.py makes it; its indexes come when the rows are in.
const table = `
  create table tx(
    id text primary key, occurred_at timestamptz not null, amount bigint not null, currency text not null,
    customer_id text not null, merchant_id text not null, features float4[] not null, score float4 not null,
    decision text not null)`;
const indexes = [
  "create index tx_customer on tx(customer_id, occurred_at)",
  "create index tx_merchant on tx(merchant_id, occurred_at)",
  "vacuum analyze tx",
];
const read = `
  select t.seq, t.id, t.occurred_at, t.amount_minor, t.currency, t.customer_id, t.merchant_id,
    coalesce(d.score, 0), coalesce(d.outcome, 'review')
  from transaction t left join decision d on d.transaction_id = t.id where t.seq > $1 order by t.seq limit ${PAGE}`;
const write = `
  insert into tx select id, at, amount, currency, customer, merchant, array_fill(1::float4, array[15]), score, decision
  from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::float4[], $8::text[])
    as row (id, at, amount, currency, customer, merchant, score, decision)`;

/**
 * The peer's own database on the same PostgreSQL, filled with the same payments as ours: it reads aggregates from its
 * table, which would be cheap while that is empty (`empty`). Kept for later runs; this run gets a copy. Returns the URL.
 */
export async function openPeerDatabase(
  url: string,
  ours: Pool,
  { empty, cleanUp }: { readonly empty: boolean; readonly cleanUp: CleanUp },
): Promise<string> {
  if (empty) return runCopy(url, { from: "template0", to: RUN }, cleanUp);
  const { rowCount } = await ours.query("select from pg_database where datname = $1", [KEPT]);
  if (rowCount === 0) await fill(url, ours);
  return runCopy(url, { from: KEPT, to: RUN }, cleanUp);
}

async function fill(url: string, ours: Pool): Promise<void> {
  const draft = `${KEPT}_draft`;
  await maintain(url, [`drop database if exists ${draft} with (force)`, `create database ${draft}`]);
  const pool = openPool(databaseNamed(url, draft), 1);
  try {
    await pool.query(table);
    await copyRows(ours, pool);
    for (const index of indexes) await pool.query(index);
  } finally {
    await pool.end();
  }
  await maintain(url, [`alter database ${draft} rename to ${KEPT}`]);
}

async function copyRows(ours: Pool, theirs: Pool): Promise<void> {
  const { rows: counted } = await ours.query<{ total: number }>("select count(*) as total from transaction");
  const bar = progressBar({
    label: "Filling the peer's table",
    total: counted[0]?.total ?? null,
    unit: "rows",
  });
  let [seq, done] = [0, 0];
  for (;;) {
    const { rows } = await ours.query<unknown[]>({ text: read, values: [seq], rowMode: "array" });
    if (rows.length === 0) break;
    await theirs.query(
      write,
      [1, 2, 3, 4, 5, 6, 7, 8].map((column) => rows.map((row) => row[column])),
    );
    seq = Number(rows.at(-1)?.[0]);
    done += rows.length;
    bar.update(done);
  }
  bar.finish();
}
