import { openPool } from "#server/db/pool.ts";
import { createBlockBuilder } from "../create-block-builder.ts";

/** Takes everything committed by now into the blocks; the second tick passes the fence of the first. */
export async function buildBlocks(url: string, now: Date): Promise<void> {
  const pool = openPool(url, 2);
  const builder = createBlockBuilder({ pool, now: () => now });
  await builder.tick();
  await builder.tick();
  await pool.end();
}
