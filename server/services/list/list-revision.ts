import type { Tx } from "#server/db/client.ts";

/**
 * The next revision of the lists. The row stays locked until the transaction ends, so changes become visible in the
 * order of their revisions, and whoever has read one has read all before it.
 */
export async function nextRevision(tx: Tx): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ revision: bigint }[]>`
    insert into list_revision ("only", revision) values (true, 1)
    on conflict ("only") do update set revision = list_revision.revision + 1 returning revision`;
  if (row === undefined) throw new Error("the lists have no revision");
  return BigInt(row.revision);
}
