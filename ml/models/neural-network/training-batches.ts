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

/** Rows of one epoch after the other; `keptShare` of the legitimate rows is in each. */
export type EpochSampler = { readonly keptShare: number; readonly next: () => Uint32Array };

/**
 * Every fraud in every epoch, filled up to `rowsPerEpoch` with legitimate rows (at least as many as frauds), dealt from
 * a shuffled pack until it is used up: each epoch is short, and yet all rows are seen.
 */
export function epochSampler(labels: Uint8Array, rowsPerEpoch: number, rng: Rng): EpochSampler {
  const all = Uint32Array.from(labels.keys());
  const frauds = all.filter((row) => labels[row] === 1);
  const pack = all.filter((row) => labels[row] !== 1);
  const dealt = Math.min(pack.length, Math.max(rowsPerEpoch - frauds.length, frauds.length));
  let at = pack.length;
  const deal = (): number => {
    if (at >= pack.length) {
      shuffle(pack, rng);
      at = 0;
    }
    return pack[at++] as number;
  };
  return {
    keptShare: pack.length === 0 ? 1 : dealt / pack.length,
    next: () => {
      const rows = new Uint32Array(frauds.length + dealt);
      rows.set(frauds);
      for (let i = frauds.length; i < rows.length; i++) rows[i] = deal();
      shuffle(rows, rng);
      return rows;
    },
  };
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
  const mask = new Float32Array(size);
  for (let i = 0; i < size; i++) if (rng.next() >= rate) mask[i] = kept;
  return mask;
}

/** He-normal start for layers followed by ReLU (He et al. 2015): deviation sqrt(2 / inputs). */
export function heNormal(inputs: number, units: number, rng: Rng): Float32Array {
  const deviation = Math.sqrt(2 / inputs);
  return Float32Array.from({ length: inputs * units }, () => deviation * rng.normal());
}
