import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "./generated/client.ts";

export type Database = PrismaClient;
/** The client inside a transaction: everything but opening another one. */
export type Tx = Prisma.TransactionClient;

/** The adapter sends times without a zone, so the session's must be UTC whatever the server's is. */
export const UTC_SESSION = "-c timezone=UTC";

/** Opens Prisma over the pg driver; connections are made on first use. Close with `$disconnect`. */
export function openDatabase(url: string, maxConnections = 10): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    options: UTC_SESSION,
  });
  return new PrismaClient({ adapter });
}
