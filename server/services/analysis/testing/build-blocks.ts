import { setTimeout } from "node:timers/promises";
import type { Pool } from "pg";
import { openPool } from "#server/db/pool.ts";
import { type BlockBuilder, createBlockBuilder } from "../create-block-builder.ts";

/** Takes everything committed by now into the blocks. */
export async function buildBlocks(url: string, now: Date): Promise<void> {
  const pool = openPool(url, 2);
  await tickToEnd(pool, createBlockBuilder({ pool, now: () => now }));
  await pool.end();
}

/** Ticks until every decision is in: the fence waits for transactions of all databases of the server. */
export async function tickToEnd(pool: Pool, builder: BlockBuilder): Promise<void> {
  for (;;) {
    await builder.tick();
    const { rows } = await pool.query<{ behind: boolean }>(
      `select coalesce((select max(seq) from decision), 0) >
         coalesce((select seq from job_cursor where name = 'analysis_decisions'), 0) as behind`,
    );
    if (rows[0]?.behind !== true) break;
    await setTimeout(5);
  }
  await builder.tick(); // labels that came between
}
