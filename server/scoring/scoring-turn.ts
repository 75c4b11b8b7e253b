import type { Pool } from "pg";

/** Number of the last batch of decisions that any scoring server wrote. */
export async function lastTurn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ turn: number }>("select turn::float8 as turn from scoring_turn");
  return rows[0]?.turn ?? 0;
}

/** The cluster and the database in it: servers over the same one decide in turn. */
export async function installationOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `select system_identifier || '.' || (select oid from pg_database where datname = current_database()) as id
     from pg_control_system()`,
  );
  return rows[0]?.id ?? "";
}
