/**
 * 64-bit fingerprint of an id as two 32-bit halves (the cyrb53 mixing of B. Hoskins, public domain, without its
 * final cut to 53 bits). It names an id without keeping it, in slots and in pairs that outlive their entity.
 * Two ids share one with probability 2^-64.
 */
export function fingerprint(id: string): Fingerprint {
  writeFingerprint(id, halves, 0);
  return { high: halves[0] as number, low: halves[1] as number };
}

const halves = new Int32Array(2);

/** Writes the high and the low half of an id's fingerprint at `at`. */
export function writeFingerprint(id: string, out: Int32Array, at: number): void {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  out[at] = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  out[at + 1] = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
}

/** Fingerprints of ASCII texts as they lie in bytes: those of the strings, without making any. */
export class AsciiFingerprint {
  readonly halves = new Int32Array(2); // high, low

  /** Reads the text from `from` to before `to`. False when it is not ASCII; the halves mean nothing then. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    let a = 0xdeadbeef;
    let b = 0x41c6ce57;
    let every = 0;
    for (let i = from; i < to; i++) {
      const code = bytes[i] as number;
      every |= code;
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    this.halves[0] = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    this.halves[1] = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return every < 128;
  }
}

export type Fingerprint = { readonly high: number; readonly low: number };

/** The fingerprint's upper 53 bits as a number, for typed arrays of doubles. */
export function fingerprintNumber(high: number, low: number): number {
  return (high >>> 11) * 4294967296 + (low >>> 0);
}
