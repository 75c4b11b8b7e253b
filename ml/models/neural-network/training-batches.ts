import type { Rng } from "#ml/math/seeded-random.ts";

/** Rows in a new order, by Fisher and Yates from our own generator; `order` is shuffled in place. */
export function shuffle(order: Uint32Array, rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
}

/** Copies the named rows of a row-major matrix into a new one. */
export function gather(matrix: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const batch = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const at = (rows[i] as number) * width;
    batch.set(matrix.subarray(at, at + width), i * width);
  }
  return batch;
}

/** Inverted dropout: 0 with probability `rate`, else 1 / (1 - rate), so that the expected sum is unchanged. */
export function dropoutMask(size: number, rate: number, rng: Rng): Float32Array {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length: size }, () => (rng.next() < rate ? 0 : kept));
}

/** He-normal start for layers followed by ReLU (He et al. 2015): deviation sqrt(2 / inputs). */
export function heNormal(inputs: number, units: number, rng: Rng): Float32Array {
  const deviation = Math.sqrt(2 / inputs);
  return Float32Array.from({ length: inputs * units }, () => deviation * rng.normal());
}
