import type { Pool, PoolClient } from "pg";
import type { Database } from "#server/db/client.ts";
import { inPoolTransaction } from "#server/db/pool-transaction.ts";
import { CommitFence } from "./commit-fence.ts";
import { DecisionTally, type TalliedDecision } from "./decision-tally.ts";
import { type ReferenceBins, referenceBinsOf } from "./reference-bins.ts";
import { addTally } from "./write-tally.ts";

/** Name of the cursor in job_cursor. */
const MONITORING_CURSOR = "decision_aggregates";

export type DecisionAggregator = {
  /** Counts the decisions that are certain to be complete by now; returns how many were added. */
  tick(): Promise<number>;
};

export type AggregatorDeps = {
  readonly db: Database;
  readonly pool: Pool;
  readonly now: () => Date;
  /** decisions counted in one transaction */
  readonly batch?: number;
};

type DecisionRow = TalliedDecision & { readonly seq: number };

/**
 * Keeps decision_day and feature_day up to date: counts each decision once, in the transaction that moves the
 * cursor, so that a crash repeats nothing. A decision is counted a call or two after it was committed (see
 * CommitFence). Several processes may tick: they take turns at the cursor.
 */
export function createDecisionAggregator({
  db,
  pool,
  now,
  batch = 4_000,
}: AggregatorDeps): DecisionAggregator {
  const fence = new CommitFence(pool);
  const binsOf = referenceBinsOf(db);
  return {
    tick: async () => {
      const safeSeq = await fence.advance();
      let total = 0;
      for (;;) {
        const { counted, behind } = await countBatch(pool, { safeSeq, batch, binsOf, now });
        total += counted;
        if (!behind) return total;
      }
    },
  };
}

type Batch = {
  readonly safeSeq: number;
  readonly batch: number;
  readonly binsOf: (modelVersionId: string) => Promise<ReferenceBins | null>;
  readonly now: () => Date;
};

async function countBatch(
  pool: Pool,
  { safeSeq, batch, binsOf, now }: Batch,
): Promise<{ counted: number; behind: boolean }> {
  return inPoolTransaction(pool, async (client) => {
    const cursor = await lockCursor(client, now());
    if (cursor >= safeSeq) return { counted: 0, behind: false };
    const { rows } = await client.query<DecisionRow>(decisionsAfter, [cursor, safeSeq, batch]);
    const tally = new DecisionTally();
    for (const row of rows) {
      tally.add(row, row.modelVersionId === null ? null : await binsOf(row.modelVersionId));
    }
    await addTally(client, tally);
    const behind = rows.length === batch;
    const reached = behind ? (rows.at(-1)?.seq ?? safeSeq) : safeSeq;
    await client.query("update job_cursor set seq = $2, updated_at = $3 where name = $1", [
      MONITORING_CURSOR,
      reached,
      now(),
    ]);
    return { counted: rows.length, behind };
  });
}

async function lockCursor(client: PoolClient, now: Date): Promise<number> {
  await client.query(
    "insert into job_cursor (name, seq, updated_at) values ($1, 0, $2) on conflict (name) do nothing",
    [MONITORING_CURSOR, now],
  );
  const { rows } = await client.query<{ seq: number }>(
    "select seq from job_cursor where name = $1 for update",
    [MONITORING_CURSOR],
  );
  return rows[0]?.seq ?? 0;
}

const decisionsAfter = `
  select seq, (extract(epoch from occurred_at) * 1000)::float8 as "occurredAtMs", model_version_id as "modelVersionId",
         currency, outcome, amount_minor as "amountMinor", expected_loss_minor as "expectedLossMinor", score, features
  from decision where seq > $1 and seq <= $2 order by seq limit $3`;
