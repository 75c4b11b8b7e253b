/**
 * A well mixed 32-bit hash of up to four integers (the rounds and finaliser of MurmurHash3). What a customer
 * has at a moment (device, address, trip) is hashed from who and when, so the world needs no state and any
 * stretch of time can be produced without the stretch before it.
 */
export function hash32(a: number, b = 0, c = 0, d = 0): number {
  let h = round(0x9747b28c, a);
  h = round(h, b);
  h = round(h, c);
  h = round(h, d) ^ 16;
  return finalise(h);
}

/** As hash32, but a fraction in [0, 1). */
export function hashUnit(a: number, b = 0, c = 0, d = 0): number {
  return hash32(a, b, c, d) / 0x1_0000_0000;
}

/**
 * Identifier `<prefix>_<up to 11 characters of base 36>` with 52 hashed bits. Too short to hold the 12 digits
 * of a card number, whatever the bits are.
 */
export function token(prefix: string, a: number, b = 0, c = 0): string {
  const high = hash32(a, b, c, 1);
  const low = hash32(a, b, c, 2) & 0xfffff;
  return `${prefix}_${(high * 0x10_0000 + low).toString(36)}`;
}

/**
 * Identifier of the n-th thing of a kind: distinct for distinct n, without showing their order. The finaliser
 * permutes the 32-bit numbers, so no two n collide.
 */
export function scrambledId(prefix: string, seed: number, n: number): string {
  return `${prefix}_${finalise((n ^ hash32(seed)) | 0).toString(36)}`;
}

/** Where `atMs` falls when time is cut into stretches of `lengthMs`, each key with a phase of its own. */
export function stretchOf(key: number, lengthMs: number, atMs: number): { index: number; startMs: number } {
  const phaseMs = Math.floor(hashUnit(key, 0x5ca1e) * lengthMs);
  const index = Math.floor((atMs + phaseMs) / lengthMs);
  return { index, startMs: index * lengthMs - phaseMs };
}

function round(h: number, part: number): number {
  let k = Math.imul(part | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = h ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finalise(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
