import { createHash } from "node:crypto";
import { bytesOf, emptyArray, type SavedArray, type SavedShape } from "./saved-state.ts";

/**
 * The format of saved state. It grows by one whenever arrays come in another order or mean something else, and
 * whenever replaying the same payments would come to another state.
 */
export const STATE_FORMAT = 5;

const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

type Contents = {
  readonly format: number;
  readonly featureSetVersion: string;
  readonly shapes: readonly SavedShape[];
};

/** SHA-256 of the rest, then the length of the contents, the contents as JSON, and the bytes of each array. */
export function encodeSnapshot(featureSetVersion: string, arrays: readonly SavedArray[]): Uint8Array {
  const shapes = arrays.map(({ kind, length, grows }) => ({ kind, length, grows }));
  const contents = Buffer.from(JSON.stringify({ format: STATE_FORMAT, featureSetVersion, shapes }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(contents.length);
  const parts = [length, contents, ...arrays.map(bytesOf)];
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return Buffer.concat([digest.digest(), ...parts]);
}

/** @throws RangeError when a byte is off, or the snapshot is of another format or feature set. */
export function decodeSnapshot(featureSetVersion: string, snapshot: Uint8Array): readonly SavedArray[] {
  const body = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength).subarray(DIGEST_BYTES);
  const digest = createHash("sha256").update(body).digest();
  if (!digest.equals(snapshot.subarray(0, DIGEST_BYTES)))
    throw new RangeError("the feature snapshot is damaged");
  const end = LENGTH_BYTES + body.readUInt32LE();
  const contents = JSON.parse(body.toString("utf8", LENGTH_BYTES, end)) as Contents;
  if (contents.format !== STATE_FORMAT || contents.featureSetVersion !== featureSetVersion) {
    throw new RangeError(
      `the feature snapshot is of ${contents.featureSetVersion}, not of ${featureSetVersion}`,
    );
  }
  let at = end;
  return contents.shapes.map((shape) => {
    const array = emptyArray(shape);
    const bytes = bytesOf(array);
    bytes.set(body.subarray(at, at + bytes.length));
    at += bytes.length;
    return array;
  });
}
