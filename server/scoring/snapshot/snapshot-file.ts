import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { endianness } from "node:os";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { STATE_FORMAT } from "#ml/features/engine-snapshot.ts";
import { bytesOf, emptyArray, type SavedArray } from "#ml/features/saved-state.ts";
import { DatabaseIdentity } from "./database-identity.ts";

/** What a snapshot is of; numbers are sequences of the log. */
export const SnapshotSubject = z.object({
  featureSetVersion: z.string(),
  database: DatabaseIdentity,
  place: z.object({
    lastSeq: z.int(),
    cursor: z.int(),
    waitedMs: z.number().nullable(), // null: negative infinity, which JSON has not
  }),
});
export type SnapshotSubject = z.infer<typeof SnapshotSubject>;

const FORMAT = 1;
const MAGIC = Buffer.from("ASSAYFS\n");
const PRELUDE_BYTES = MAGIC.length + 8;
const MOST_HEADER_BYTES = 1 << 20;
const CHUNK_BYTES = 4 << 20; // hashed in some milliseconds

const Header = SnapshotSubject.extend({
  format: z.literal(FORMAT),
  stateFormat: z.literal(STATE_FORMAT),
  endianness: z.literal(endianness()),
  shapes: z.array(z.object({ kind: z.enum(["floats", "ints"]), length: z.int().min(0), grows: z.boolean() })),
  bodyBytes: z.int().min(0),
  bodySha256: z.string(),
});

/** A file that holds no snapshot that can be used here: its message says why. */
export class SnapshotError extends Error {}

/**
 * Writes a snapshot so that the file of this name is always a whole one, also after a loss of power: "ASSAYFS\n", the
 * length of the header and its CRC-32 (32-bit, little-endian), the header as JSON, then the bytes of the arrays, whose
 * SHA-256 the header has. Returns the bytes written.
 */
export async function writeSnapshotFile(
  path: string,
  subject: SnapshotSubject,
  arrays: readonly SavedArray[],
): Promise<number> {
  const bodies = arrays.map(bytesOf);
  const header = Buffer.from(JSON.stringify(headerOf(subject, arrays, bodies)));
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  MAGIC.copy(prelude);
  prelude.writeUInt32LE(header.length, MAGIC.length);
  prelude.writeUInt32LE(crc32(header), MAGIC.length + 4);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      for (const part of [prelude, header, ...bodies]) await writeAll(file, part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return PRELUDE_BYTES + header.length + bodies.reduce((total, body) => total + body.length, 0);
}

/** What a file says that it holds. @throws SnapshotError, or the error of the file system. */
export async function readSubject(path: string): Promise<SnapshotSubject> {
  const file = await open(path, "r");
  try {
    return (await readHeader(file)).header;
  } finally {
    await file.close();
  }
}

/**
 * The arrays of a snapshot, read without holding up what else this process does.
 * @throws SnapshotError when a byte is off; the error of the file system.
 */
export async function readArrays(path: string): Promise<readonly SavedArray[]> {
  const file = await open(path, "r");
  try {
    const { header, end } = await readHeader(file);
    const { size } = await file.stat();
    if (size !== end + header.bodyBytes) throw new SnapshotError("it is not whole");
    const digest = createHash("sha256");
    const arrays: SavedArray[] = [];
    let at = end;
    for (const shape of header.shapes) {
      const array = emptyArray(shape);
      const bytes = bytesOf(array);
      for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
        const chunk = bytes.subarray(from, from + CHUNK_BYTES);
        await readAll(file, chunk, at);
        digest.update(chunk);
        at += chunk.length;
      }
      arrays.push(array);
    }
    if (digest.digest("hex") !== header.bodySha256) throw new SnapshotError("it is damaged");
    return arrays;
  } finally {
    await file.close();
  }
}

function headerOf(
  subject: SnapshotSubject,
  arrays: readonly SavedArray[],
  bodies: readonly Uint8Array[],
): z.infer<typeof Header> {
  const digest = createHash("sha256");
  for (const body of bodies) digest.update(body);
  return {
    ...subject,
    format: FORMAT,
    stateFormat: STATE_FORMAT,
    endianness: endianness(),
    shapes: arrays.map(({ kind, length, grows }) => ({ kind, length, grows })),
    bodyBytes: bodies.reduce((total, body) => total + body.length, 0),
    bodySha256: digest.digest("hex"),
  };
}

async function readHeader(file: FileHandle): Promise<{ header: z.infer<typeof Header>; end: number }> {
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  await readAll(file, prelude, 0);
  const length = prelude.readUInt32LE(MAGIC.length);
  if (!prelude.subarray(0, MAGIC.length).equals(MAGIC) || length > MOST_HEADER_BYTES)
    throw new SnapshotError("it is no snapshot");
  const bytes = Buffer.alloc(length);
  await readAll(file, bytes, PRELUDE_BYTES);
  if (crc32(bytes) !== prelude.readUInt32LE(MAGIC.length + 4))
    throw new SnapshotError("its header is damaged");
  const header = Header.safeParse(JSON.parse(bytes.toString()));
  if (!header.success) throw new SnapshotError("it is of another format, or another machine");
  return { header: header.data, end: PRELUDE_BYTES + length };
}

async function readAll(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new SnapshotError("it is not whole");
    done += bytesRead;
  }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let done = 0; done < part.length; ) {
    done += (await file.write(part, done, part.length - done)).bytesWritten;
  }
}

/** Makes a rename last. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}
