import type { Pool, PoolClient } from "pg";
import { inPoolTransaction } from "#server/db/pool-transaction.ts";
import { CommitFence } from "#server/services/monitoring/commit-fence.ts";
import { type PolicyOf, policiesById } from "./policies-by-id.ts";
import { type ShadowedDecision, ShadowTally } from "./shadow-tally.ts";
import { addShadowTally } from "./write-shadow-tally.ts";

/** Name of the cursor in job_cursor. */
const CURSOR = "shadow_decisions";
const BATCH = 4_000;

export type ShadowCounter = {
  /** Counts decisions that two models scored and that are certain to be complete by now; returns how many. */
  tick(): Promise<number>;
};

/**
 * Keeps what versions in shadow and the champion made of the same payments: counts by outcome, a row where they
 * disagree, and the arms of the canary that runs. Each decision once, in the transaction that moves the cursor.
 */
export function createShadowCounter({
  pool,
  now,
}: {
  readonly pool: Pool;
  readonly now: () => Date;
}): ShadowCounter {
  const fence = new CommitFence(pool);
  const policyOf = policiesById(pool);
  return {
    async tick() {
      const safeSeq = await fence.advance();
      let total = 0;
      for (;;) {
        const { counted, behind } = await inPoolTransaction(pool, (client) =>
          countBatch(client, { safeSeq, policyOf, now: now() }),
        );
        total += counted;
        if (!behind) return total;
      }
    },
  };
}

type Batch = { readonly safeSeq: number; readonly policyOf: PolicyOf; readonly now: Date };

async function countBatch(
  client: PoolClient,
  { safeSeq, policyOf, now }: Batch,
): Promise<{ counted: number; behind: boolean }> {
  const cursor = await lockCursor(client, now);
  if (cursor >= safeSeq) return { counted: 0, behind: false };
  const { rows } = await client.query<ShadowedDecision>(shadowedAfter, [cursor, safeSeq, BATCH]);
  const canaries = await client.query<{
    champion: string;
    version: string;
    id: string;
    from: Date;
    running: boolean;
  }>(
    `select champion_id as champion, model_version_id as version, id, counted_from as from, ended_at is null as running
     from canary order by started_at for share`,
  );
  const tally = new ShadowTally(canaries.rows);
  for (const row of rows) tally.add(row, await policyOf(row.policyVersionId));
  await addShadowTally(client, tally);
  const behind = rows.length === BATCH;
  const reached = behind ? (rows.at(-1)?.seq ?? safeSeq) : safeSeq;
  await client.query("update job_cursor set seq = $2, updated_at = $3 where name = $1", [
    CURSOR,
    reached,
    now,
  ]);
  return { counted: rows.length, behind };
}

async function lockCursor(client: PoolClient, now: Date): Promise<number> {
  await client.query(
    "insert into job_cursor (name, seq, updated_at) values ($1, 0, $2) on conflict (name) do nothing",
    [CURSOR, now],
  );
  const { rows } = await client.query<{ seq: number }>(
    "select seq from job_cursor where name = $1 for update",
    [CURSOR],
  );
  return rows[0]?.seq ?? 0;
}

const shadowedAfter = `
  select d.seq, d.transaction_id as "transactionId", d.scored_at as "scoredAt", d.model_version_id as "servedBy",
    d.challenger_version_id as "shadowedBy", d.score, d.challenger_score as "shadowScore", d.failure, d.outcome,
    d.policy_version_id as "policyVersionId", d.amount_minor as "amountMinor", d.currency, t.channel,
    t.customer_id as "customerId"
  from decision d join transaction t on t.id = d.transaction_id
  where d.seq > $1 and d.seq <= $2 and d.challenger_version_id is not null and d.origin = 'live'
  order by d.seq limit $3`;
