import type { Tx } from "#server/db/client.ts";
import { LABEL_CHANNEL } from "#server/domain/model-version.ts";

/** Any number that no other advisory lock of this database uses. Writers that go past Prisma take it themselves. */
export const LABEL_LOCK = 7_264_001;

/**
 * Lets one transaction at a time write labels, until it ends, so that labels become visible in the order of their
 * `seq`: a reader that keeps the highest `seq` it has seen misses none. Take it before any row lock.
 */
export async function lockLabelOrder(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LABEL_LOCK}::bigint)`;
}

/** Wakes the readers of labels when this transaction commits. */
export async function notifyLabels(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_notify(${LABEL_CHANNEL}, '')`;
}
