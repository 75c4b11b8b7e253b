import type { Pool } from "pg";

/**
 * Tells up to which decision sequence every row is there. Sequences are handed out before their transactions commit,
 * so a low one may appear after a higher one; reading past it would skip it for good. Hence: note the sequence
 * handed out last, then the transactions under way, and trust the noted sequence once all of those have ended.
 */
export class CommitFence {
  readonly #pool: Pool;
  #noted: { readonly seq: number; readonly horizon: bigint } | null = null;
  #safe = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The highest sequence up to which nothing can appear any more. It trails by a call: 0 from the first one. */
  async advance(): Promise<number> {
    const last = await this.#pool.query<{ seq: number }>(
      "select case when is_called then last_value else 0 end as seq from decision_seq_seq",
    );
    // After the sequence, in a statement of its own: whoever holds a noted number has a transaction id by now.
    const { rows } = await this.#pool.query<{ oldest: string; horizon: string }>(
      `select pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
              pg_snapshot_xmax(pg_current_snapshot())::text as horizon`,
    );
    const oldest = BigInt(rows[0]?.oldest ?? 0);
    if (this.#noted !== null && oldest >= this.#noted.horizon) {
      this.#safe = this.#noted.seq;
      this.#noted = null;
    }
    this.#noted ??= { seq: last.rows[0]?.seq ?? 0, horizon: BigInt(rows[0]?.horizon ?? 0) };
    return this.#safe;
  }
}
