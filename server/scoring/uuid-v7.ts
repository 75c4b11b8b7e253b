import { randomFillSync } from "node:crypto";

const ID_BYTES = 16;
/** Asking for random bytes costs far more than the bytes. */
const random = Buffer.alloc(ID_BYTES * 256);
let used = random.length;

/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits. Ids sort by time. */
export function uuidV7(nowMs: number): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bytes = random.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
