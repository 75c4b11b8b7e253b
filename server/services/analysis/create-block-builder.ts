import type { Pool, PoolClient } from "pg";
import { CommitFence } from "#server/services/monitoring/commit-fence.ts";
import { applyLabels } from "./apply-labels.ts";
import { appendRows } from "./block-parts.ts";
import { readDecided } from "./decided-rows.ts";

/** Names of the cursors in job_cursor. The first one is also the lock by which builders take turns. */
const cursors = {
  decisions: "analysis_decisions",
  labels: "analysis_labels",
  withdrawals: "analysis_withdrawals",
} as const;

export type BlockBuilder = {
  /** Takes in what is new: decisions that are certain to be complete, labels, withdrawals. Returns how many. */
  tick(): Promise<number>;
};

export type BlockBuilderDeps = {
  readonly pool: Pool;
  readonly now: () => Date;
  /** decisions or labels taken in by one transaction */
  readonly batch?: number;
};

/**
 * Keeps the analysis blocks up to date. Each batch moves its cursor in the transaction that changes the blocks, so a
 * crash loses and repeats nothing. Decisions are followed behind a fence (see CommitFence), so one appears a tick or
 * two after it was committed; labels and withdrawals become visible in the order of their sequence and need none.
 * Several processes may tick: they take turns.
 */
export function createBlockBuilder({ pool, now, batch = 20_000 }: BlockBuilderDeps): BlockBuilder {
  const fence = new CommitFence(pool);
  return {
    tick: async () => {
      await fence.advance();
      const safeSeq = await fence.advance(); // at once, unless somebody is writing just now
      let total = 0;
      for (const follow of [followDecisions(safeSeq), followLabels, followWithdrawals]) {
        for (;;) {
          const taken = await inTurn(pool, now(), (client, cursor) => follow(client, cursor, batch));
          total += taken;
          if (taken < batch) break;
        }
      }
      return total;
    },
  };
}

type Cursor = {
  read(name: string): Promise<number>;
  move(name: string, seq: number): Promise<void>;
};
type Follow = (client: PoolClient, cursor: Cursor, batch: number) => Promise<number>;

function followDecisions(safeSeq: number): Follow {
  return async (client, cursor, batch) => {
    const from = await cursor.read(cursors.decisions);
    if (from >= safeSeq) return 0;
    const rows = await readDecided(client, [from, safeSeq], batch);
    for (const ofBlock of Map.groupBy(rows, (row) => `${row.dayMs} ${row.versionId}`).values()) {
      await appendRows(client, ofBlock);
    }
    await cursor.move(cursors.decisions, rows.length < batch ? safeSeq : (rows.at(-1)?.seq ?? safeSeq));
    return rows.length;
  };
}

const followLabels: Follow = (client, cursor, batch) =>
  followChanges(client, cursor, { name: cursors.labels, batch, query: labelsAfter });

const followWithdrawals: Follow = (client, cursor, batch) =>
  followChanges(client, cursor, { name: cursors.withdrawals, batch, query: withdrawalsAfter });

type Changes = { readonly name: string; readonly batch: number; readonly query: string };

async function followChanges(
  client: PoolClient,
  cursor: Cursor,
  { name, batch, query }: Changes,
): Promise<number> {
  const from = await cursor.read(name);
  const { rows } = await client.query<{ seq: number; transactionId: string }>(query, [from, batch]);
  const last = rows.at(-1);
  if (last === undefined) return 0;
  await applyLabels(client, [...new Set(rows.map((row) => row.transactionId))]);
  await cursor.move(name, last.seq);
  return rows.length;
}

const labelsAfter = `select seq, transaction_id as "transactionId" from label where seq > $1 order by seq limit $2`;
const withdrawalsAfter = `
  select w.seq, l.transaction_id as "transactionId" from label_withdrawal w join label l on l.seq = w.label_seq
  where w.seq > $1 order by w.seq limit $2`;

/** One transaction at a time, whoever asks. */
async function inTurn(
  pool: Pool,
  now: Date,
  work: (client: PoolClient, cursor: Cursor) => Promise<number>,
): Promise<number> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("begin");
    const cursor = cursorOf(client, now);
    await cursor.read(cursors.decisions);
    const result = await work(client, cursor);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((lost: Error) => {
      failure = lost; // the connection is gone, and with it the transaction
    });
    throw error;
  } finally {
    client.release(failure);
  }
}

function cursorOf(client: PoolClient, now: Date): Cursor {
  return {
    async read(name) {
      await client.query(
        "insert into job_cursor (name, seq, updated_at) values ($1, 0, $2) on conflict (name) do nothing",
        [name, now],
      );
      const { rows } = await client.query<{ seq: number }>(
        "select seq from job_cursor where name = $1 for update",
        [name],
      );
      return rows[0]?.seq ?? 0;
    },
    async move(name, seq) {
      await client.query("update job_cursor set seq = $2, updated_at = $3 where name = $1", [name, seq, now]);
    },
  };
}
