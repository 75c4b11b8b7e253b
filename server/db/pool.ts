import { Pool, types } from "pg";

const INT8_OID = 20;

/**
 * A pg pool for queries that Prisma is too slow for. 8-byte integers come as numbers: money and counts stay far
 * below 2^53. Connections that break while idle are dropped and reported to `onIdleError`.
 */
export function openPool(url: string, max: number, onIdleError: (error: Error) => void = () => {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 1_500,
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : types.getTypeParser(oid, format)) },
  });
  pool.on("error", onIdleError);
  return pool;
}
