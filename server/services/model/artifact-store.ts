import { decodeArtifact, encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import { keepArtifact, readArtifact } from "#server/db/artifacts/artifacts.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";

/** Stores an artefact under its hash; an equal one that is there already is kept. Returns the hash. */
export async function storeArtifact(tx: Tx, artifact: ModelArtifact): Promise<string> {
  const { bytes, hash } = encodeArtifact(artifact);
  const data = { hash, bytes: await keepArtifact(hash, bytes) };
  await tx.modelArtifact.upsert({ where: { hash }, create: data, update: {} });
  return hash;
}

/** Reads an artefact back and checks it against its hash. @throws ServiceError "not_found"; RangeError when damaged */
export async function loadArtifact(db: Database | Tx, hash: string): Promise<ModelArtifact> {
  return decodeArtifact(await artifactBytes(db, hash), hash);
}

/** An artefact as it was written. @throws ServiceError "not_found" */
export async function artifactBytes(db: Database | Tx, hash: string): Promise<Uint8Array> {
  const bytes = await readArtifact(hash, async () => {
    const stored = await db.modelArtifact.findUnique({ where: { hash } });
    return stored?.bytes ?? null;
  });
  if (bytes === null) throw new ServiceError("not_found", `The model artefact ${hash} is missing.`);
  return bytes;
}
