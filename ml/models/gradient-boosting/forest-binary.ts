import { createHash } from "node:crypto";
import { checkForest } from "./forest-json.ts";
import type { Forest } from "./nodes.ts";

const MAGIC = "assayGBT";
const VERSION = 1;
/** Magic, version, length of the body; then SHA-256 over those and the body, then the body. */
const HEAD_BYTES = 16;
const HASH_BYTES = 32;
/** Width, trees, nodes, whether gains are kept; the base margin. */
const COUNTS = 4;
const COUNT_BYTES = 4 * COUNTS + 8;
const NODE_BYTES = 2 + 8 + 4 + 1 + 4;

/**
 * A forest as bytes, two thirds of its JSON: head, hash and body as above, numbers little-endian (as on every machine
 * that Node runs on), the arrays of `Forest` one after the other, the widest first.
 */
export function forestToBytes({ width, base, roots, nodes, gain }: Forest): Uint8Array {
  const counts = Uint32Array.of(width, roots.length, nodes.feature.length, Number(gain !== null));
  const body = Buffer.concat(
    [
      counts,
      Float64Array.of(base),
      gain ?? new Float64Array(0),
      nodes.value,
      roots,
      nodes.left,
      nodes.cover,
      nodes.feature,
      nodes.missingRight,
    ].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(VERSION, 8);
  head.writeUInt32LE(body.length, 12);
  return new Uint8Array(Buffer.concat([head, hashOf(head, body), body]));
}

/**
 * Inverse of `forestToBytes`.
 * @throws RangeError when it is no forest, of another version, or not byte for byte what was written.
 */
export function forestFromBytes(bytes: Uint8Array): Forest {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < HEAD_BYTES + HASH_BYTES || view.toString("latin1", 0, 8) !== MAGIC) {
    throw new RangeError("these bytes are not gradient-boosted trees");
  }
  const version = view.readUInt32LE(8);
  if (version !== VERSION) throw new RangeError(`gradient-boosted trees of version ${version} are unknown`);
  const [head, hash] = [view.subarray(0, HEAD_BYTES), view.subarray(HEAD_BYTES, HEAD_BYTES + HASH_BYTES)];
  const body = view.subarray(HEAD_BYTES + HASH_BYTES);
  if (view.readUInt32LE(12) !== body.length)
    throw new RangeError("gradient-boosted trees: the file is cut short");
  if (!hashOf(head, body).equals(hash)) throw new RangeError("gradient-boosted trees: the bytes are damaged");
  const forest = readBody(body);
  checkForest(forest);
  return forest;
}

function hashOf(head: Buffer, body: Buffer): Buffer {
  return createHash("sha256").update(head).update(body).digest();
}

function readBody(body: Buffer): Forest {
  if (body.length < COUNT_BYTES) throw new RangeError("gradient-boosted trees: the file is cut short");
  const [width, trees, count, hasGain] = [0, 4, 8, 12].map((at) => body.readUInt32LE(at)) as Counts;
  const expected = COUNT_BYTES + 8 * width * hasGain + 4 * trees + NODE_BYTES * count;
  if (body.length !== expected) throw new RangeError("gradient-boosted trees: the lengths do not add up");
  let at = COUNT_BYTES;
  // A copy of its own: typed arrays must begin at a multiple of their width.
  const next = (length: number): ArrayBuffer => {
    at += length;
    return Uint8Array.from(body.subarray(at - length, at)).buffer;
  };
  const gain = hasGain === 1 ? new Float64Array(next(8 * width)) : null;
  const value = new Float64Array(next(8 * count));
  const roots = new Uint32Array(next(4 * trees));
  const left = new Uint32Array(next(4 * count));
  const cover = new Uint32Array(next(4 * count));
  const feature = new Int16Array(next(2 * count));
  const missingRight = new Uint8Array(next(count));
  const nodes = { feature, value, left, missingRight, cover };
  return { width, base: body.readDoubleLE(4 * COUNTS), roots, nodes, gain };
}

type Counts = [width: number, trees: number, nodes: number, hasGain: number];
