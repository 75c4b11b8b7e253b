import { Pool, types } from "pg";
import { UTC_SESSION } from "./client.ts";

const INT8_OID = 20;

/**
 * A pg pool for queries that Prisma is too slow for. 8-byte integers come as numbers: money and counts stay far
 * below 2^53. Connections that break while idle are dropped and reported to `onIdleError`. With `queryLimitMs`, a
 * query that gets no answer for that long fails, and its connection is given up.
 */
export function openPool(
  url: string,
  max: number,
  onIdleError: (error: Error) => void = () => {},
  queryLimitMs?: number,
): Pool {
  const pool = new Pool({
    connectionString: url,
    options: UTC_SESSION,
    max,
    connectionTimeoutMillis: 1_500,
    ...(queryLimitMs === undefined ? {} : { query_timeout: queryLimitMs }),
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : types.getTypeParser(oid, format)) },
  });
  pool.on("error", onIdleError);
  return pool;
}
