import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { S3Objects } from "./s3-objects.ts";

/** Where artefacts are kept, by the SHA-256 of what follows their first line. */
export type ArtifactStore = {
  /** Null where there is none that has this hash. */
  read(hash: string): Promise<Uint8Array | null>;
  write(hash: string, bytes: Uint8Array): Promise<void>;
  /** whether every machine reads from it, so that the database need not keep a copy for the others */
  readonly isShared: boolean;
};

const LINE_END = 0x0a;

/** Files in a folder of this machine; another machine's database copy fills it. What is damaged is as good as absent. */
export function diskArtifacts(folder: string): ArtifactStore {
  const fileOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  return {
    isShared: false,
    async read(hash) {
      const bytes = await readFile(fileOf(hash)).catch(() => null);
      if (bytes === null || hasHash(bytes, hash)) return bytes;
      await rm(fileOf(hash), { force: true });
      return null;
    },
    async write(hash, bytes) {
      const file = fileOf(hash);
      await mkdir(dirname(file), { recursive: true });
      const draft = `${file}.${randomUUID()}`;
      try {
        await writeFile(draft, bytes, { flush: true });
        await rename(draft, file); // whole or absent
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}

/** Objects in S3-compatible storage, with a copy on this machine of what was read or written. */
export function s3Artifacts(objects: S3Objects, cache: ArtifactStore): ArtifactStore {
  return {
    isShared: true,
    async read(hash) {
      const cached = await cache.read(hash);
      if (cached !== null) return cached;
      const bytes = await objects.get(hash);
      if (bytes === null) return null;
      if (!hasHash(bytes, hash))
        throw new RangeError(`the artefact ${hash} in S3-compatible storage is damaged`);
      await cache.write(hash, bytes).catch(() => {}); // a full disk only makes the next start slower
      return bytes;
    },
    async write(hash, bytes) {
      if (!(await objects.has(hash))) await objects.put(hash, bytes);
      await cache.write(hash, bytes).catch(() => {});
    },
  };
}

function hasHash(bytes: Uint8Array, hash: string): boolean {
  const body = bytes.subarray(bytes.indexOf(LINE_END) + 1);
  return createHash("sha256").update(body).digest("hex") === hash;
}
