import type { Pool, PoolClient } from "pg";

/** Runs `work` on one connection in one transaction; everything in it happens or nothing does. */
export async function inPoolTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
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
