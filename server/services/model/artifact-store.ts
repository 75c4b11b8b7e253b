import { decodeArtifact, encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";

/** Stores an artefact under its hash; an equal one that is there already is kept. Returns the hash. */
export async function storeArtifact(tx: Tx, artifact: ModelArtifact): Promise<string> {
  const { bytes, hash } = encodeArtifact(artifact);
  const data = { hash, bytes: Uint8Array.from(bytes) };
  await tx.modelArtifact.upsert({ where: { hash }, create: data, update: {} });
  return hash;
}

/** Reads an artefact back and checks it against its hash. @throws ServiceError "not_found"; RangeError when damaged */
export async function loadArtifact(db: Database | Tx, hash: string): Promise<ModelArtifact> {
  const stored = await db.modelArtifact.findUnique({ where: { hash } });
  if (stored === null) throw new ServiceError("not_found", `The model artefact ${hash} is missing.`);
  return decodeArtifact(stored.bytes, hash);
}
