import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";

const POLL_MS = 200;

/**
 * The sequence up to which no payment can appear any more. Sequences are handed out before their transactions commit,
 * so a low one may appear after a higher one. Hence: note the one handed out last, then the transactions under way, and
 * wait until those have ended. Null when that takes longer than `limitMs`, as during an import.
 */
export async function settledSeq(
  pool: Pool,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<number | null> {
  const { rows } = await pool.query<{ seq: number }>(
    "select case when is_called then last_value else 0 end as seq from transaction_seq_seq",
  );
  await sleep(POLL_MS, undefined, { signal }); // whoever holds the noted number has a transaction id by then
  const { xmax } = await transactions(pool);
  for (let waited = 0; waited <= limitMs; waited += POLL_MS) {
    if ((await transactions(pool)).xmin >= xmax) return rows[0]?.seq ?? 0;
    await sleep(POLL_MS, undefined, { signal });
  }
  return null;
}

/** The oldest transaction under way, and the one that comes next. */
async function transactions(pool: Pool): Promise<{ xmin: bigint; xmax: bigint }> {
  const { rows } = await pool.query<{ xmin: string; xmax: string }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax`,
  );
  return { xmin: BigInt(rows[0]?.xmin ?? 0), xmax: BigInt(rows[0]?.xmax ?? 0) };
}
