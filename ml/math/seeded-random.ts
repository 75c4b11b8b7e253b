import { logGamma } from "./log-gamma.ts";

/** A stream of random numbers that depends on its seed alone. */
export type Rng = {
  /** Uniform in [0, 1), 53 random bits. */
  next(): number;
  /** Standard normal: mean 0, standard deviation 1. */
  normal(): number;
  /** Uniform integer in [0, maxExclusive). @throws RangeError unless maxExclusive is an integer in 1..2^53 - 1. */
  integer(maxExclusive: number): number;
  /** Poisson count with the given mean. @throws RangeError when the mean is negative or not finite. */
  poisson(mean: number): number;
};

const MULTIPLICATION_LIMIT = 30;

/**
 * Seeded generator: sfc32 (Doty-Humphrey's Small Fast Counter, period about 2^128, passes PractRand), its state
 * filled by FNV-1a over the seed's text and a splitmix32 stream, then warmed up. The number 7 and the text "7" give
 * the same stream; derive independent streams by naming them: `createRng(seed + ":labels")`.
 * @throws RangeError when a numeric seed is not finite.
 */
export function createRng(seed: number | string): Rng {
  if (typeof seed === "number" && !Number.isFinite(seed)) throw new RangeError("a seed must be finite");
  const bits = sfc32(seed);
  const next = (): number => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992;
  return {
    next,
    normal: normalFrom(next),
    integer(maxExclusive: number): number {
      if (!Number.isSafeInteger(maxExclusive) || maxExclusive < 1) {
        throw new RangeError("maxExclusive must be a positive integer");
      }
      return Math.floor(next() * maxExclusive);
    },
    poisson(mean: number): number {
      if (!Number.isFinite(mean) || mean < 0)
        throw new RangeError("a Poisson mean must be finite and at least 0");
      return mean < MULTIPLICATION_LIMIT ? poissonByProducts(next, mean) : poissonByRejection(next, mean);
    },
  };
}

function sfc32(seed: number | string): () => number {
  let state = fnv1a(String(seed));
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let counter = 1;
  const bits = (): number => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let round = 0; round < 15; round++) bits();
  return bits;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Marsaglia's polar method; the second value of each pair is kept for the next call. */
function normalFrom(next: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const square = u * u + v * v;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  };
}

/** Knuth: count uniforms until their product falls under exp(-mean). O(mean). */
function poissonByProducts(next: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count++;
  return count;
}

/** Hörmann's transformed rejection PTRS (1993), O(1), for means of 10 and more. */
function poissonByRejection(next: () => number, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = next() - 0.5;
    const v = next();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const accept = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (accept <= count * Math.log(mean) - mean - logGamma(count + 1)) return count;
  }
}
