import type { ArtifactStore } from "./artifact-store.ts";

const KEY = Symbol.for("assay.artifacts");
// The pages are bundled in parts that each have modules of their own; what they share is the process.
const shared = globalThis as { [KEY]?: ArtifactStore };

/** Sets where this process keeps artefacts besides the database; null or never: in the database alone. */
export function setArtifactStore(store: ArtifactStore | null): void {
  if (store === null) delete shared[KEY];
  else shared[KEY] = store;
}

/** Keeps an artefact, and gives what the database is to keep of it: nothing where every machine reads the store. */
export async function keepArtifact(hash: string, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  const store = shared[KEY];
  if (store === undefined) return Uint8Array.from(bytes);
  const writing = store.write(hash, bytes);
  if (store.isShared) {
    await writing;
    return null;
  }
  await writing.catch(() => {}); // the database has it
  return Uint8Array.from(bytes);
}

/** Where artefacts are kept does not answer; what is there is not known. */
export class ArtifactStoreAway extends Error {}

/**
 * An artefact by its hash, from this process's store or else from the database, which then fills the store; null where
 * neither has it.
 * @throws ArtifactStoreAway; RangeError when it is damaged; what the database throws
 */
export async function readArtifact(
  hash: string,
  fromDatabase: () => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  const store = shared[KEY];
  const kept = store === undefined ? null : await readFrom(store, hash);
  if (kept !== null) return kept;
  const bytes = await fromDatabase();
  if (bytes !== null && store !== undefined && !store.isShared)
    await store.write(hash, bytes).catch(() => {});
  return bytes;
}

async function readFrom(store: ArtifactStore, hash: string): Promise<Uint8Array | null> {
  try {
    return await store.read(hash);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new ArtifactStoreAway(`the artefact ${hash} cannot be read now`, { cause });
  }
}
