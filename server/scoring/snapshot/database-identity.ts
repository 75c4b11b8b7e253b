import type { Pool } from "pg";
import { z } from "zod";

/** Tells one database from another, also from one of the same name made anew or brought back from a backup. */
export const DatabaseIdentity = z.object({
  /** of the PostgreSQL cluster, given when it was made */
  system: z.string(),
  /** the database within it (oid) */
  database: z.string(),
  /** ids of the first payment, of the last one replayed, and of the payment that the last label applied judges */
  firstPayment: z.string().nullable(),
  lastPayment: z.string().nullable(),
  lastLabelled: z.string().nullable(),
});
export type DatabaseIdentity = z.infer<typeof DatabaseIdentity>;

/** Up to where the log was replayed. */
export type LogEnd = { readonly lastSeq: number; readonly cursor: number };

const text = `
  select (select system_identifier::text from pg_control_system()) as system,
    (select oid::text from pg_database where datname = current_database()) as database,
    (select id from transaction order by seq limit 1) as "firstPayment",
    (select id from transaction where seq = $1::bigint) as "lastPayment",
    (select transaction_id from label where seq = $2::bigint) as "lastLabelled"`;

/** The identity of the database behind a pool, of a replay that came so far. */
export async function identify(pool: Pool, { lastSeq, cursor }: LogEnd): Promise<DatabaseIdentity> {
  const { rows } = await pool.query(text, [lastSeq, cursor]);
  return DatabaseIdentity.parse(rows[0]);
}

export function isSame(one: DatabaseIdentity, other: DatabaseIdentity): boolean {
  return Object.keys(DatabaseIdentity.shape).every(
    (key) => one[key as keyof DatabaseIdentity] === other[key as keyof DatabaseIdentity],
  );
}
