import { createRng, type Rng } from "#ml/math/seeded-random.ts";

/** Rows of their own memory, each counting `weights` rows of those given. */
export type SampledRows = {
  readonly features: Float64Array; // row-major
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
};

type GivenRows = {
  readonly model: { readonly width: number };
  readonly features: Float64Array;
  readonly rows: number;
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | null;
};

/**
 * At most `most` rows in their order: frauds up to half of them, legitimate rows for the rest, drawn without
 * replacement and weighted up to the number (or weight) of their label, so that prevalence stays what it was.
 */
export function sampleRows(given: GivenRows, most: number, seed: string): SampledRows {
  const { model, features, labels, rows, weights = null } = given;
  const all = Array.from({ length: rows }, (_, row) => row);
  const frauds = all.filter((row) => labels[row] === 1);
  const legitimate = all.filter((row) => labels[row] !== 1);
  const rng = createRng(seed);
  const keptFrauds = drawn(frauds, Math.max(Math.floor(most / 2), most - legitimate.length), rng);
  const keptLegitimate = drawn(legitimate, most - keptFrauds.length, rng);
  const scale = { 1: frauds.length / keptFrauds.length, 0: legitimate.length / keptLegitimate.length };
  const kept = [...keptFrauds, ...keptLegitimate].sort((a, b) => a - b);
  const sampled = new Float64Array(kept.length * model.width);
  for (const [i, row] of kept.entries()) {
    sampled.set(features.subarray(row * model.width, (row + 1) * model.width), i * model.width);
  }
  const sampledLabels = Uint8Array.from(kept, (row) => (labels[row] === 1 ? 1 : 0));
  return {
    features: sampled,
    rows: kept.length,
    labels: sampledLabels,
    weights: Float64Array.from(kept, (row) => (weights?.[row] ?? 1) * scale[labels[row] === 1 ? 1 : 0]),
  };
}

function drawn(rows: readonly number[], most: number, rng: Rng): readonly number[] {
  if (rows.length <= most) return rows;
  const pool = Uint32Array.from(rows);
  for (let i = 0; i < most; i++) {
    const j = i + rng.integer(pool.length - i);
    const picked = pool[j] as number;
    pool[j] = pool[i] as number;
    pool[i] = picked;
  }
  return [...pool.subarray(0, most)];
}
