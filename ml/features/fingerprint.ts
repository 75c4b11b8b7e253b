/**
 * 64-bit fingerprint of an id as two 32-bit halves (the cyrb53 mixing of B. Hoskins, public domain, without its
 * final cut to 53 bits). It names an id without keeping it, so that pairs survive the eviction of their entity.
 * Two ids share one with probability 2^-64.
 */
export function fingerprint(id: string): Fingerprint {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  const high = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const low = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return { high, low };
}

export type Fingerprint = { readonly high: number; readonly low: number };

/** The fingerprint's upper 53 bits as a number, for typed arrays of doubles. */
export function fingerprintNumber(id: Fingerprint): number {
  return (id.high >>> 11) * 4294967296 + (id.low >>> 0);
}
