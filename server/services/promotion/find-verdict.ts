import type { Tx } from "#server/db/client.ts";
import { StoredVerdict } from "#server/domain/gate-verdict.ts";

/** What the gate said of a version when its training ended; null where it was not judged. */
export async function findVerdict(
  db: Pick<Tx, "gateVerdict">,
  versionId: string,
): Promise<StoredVerdict | null> {
  const stored = await db.gateVerdict.findUnique({ where: { modelVersionId: versionId } });
  return stored === null ? null : StoredVerdict.parse(stored.body);
}
