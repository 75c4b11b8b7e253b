import { createRng } from "#ml/math/seeded-random.ts";
import type { TrainingRows } from "#ml/models/model.ts";
import type { Dataset } from "./dataset.ts";
import type { Slice } from "./time-split.ts";

/** How many legitimate rows a fit sees, and what a fraud weighs against them. */
export type Sampling = {
  /** Legitimate rows kept per fraud, drawn at random without replacement; null keeps all. */
  readonly negativesPerPositive: number | null;
  /** Weight of a fraud; a legitimate row weighs 1. */
  readonly positiveWeight: number;
};

export type BalancedRows = {
  readonly rows: TrainingRows;
  /** Share of legitimate rows kept. */
  readonly keptShare: number;
  /** Added to a margin of a model fitted on these rows, it gives the log-odds under the slice's own prevalence. */
  readonly marginOffset: number;
};

/** Legitimate rows are never thinned below this many: a handful of frauds must not starve the model. */
const LEAST_NEGATIVES = 2_000;

/**
 * Copies a slice into training rows, thinning legitimate rows and weighting frauds as asked, beside what rows weigh
 * themselves.
 *
 * Prior correction (King and Zeng 2001; Dal Pozzolo et al. 2015): keeping a share b of the legitimate rows divides
 * their odds by b, weighting frauds by w multiplies by w, so ln b - ln w is added to every margin. Deterministic.
 */
export function balancedRows(
  dataset: Dataset,
  slice: Slice,
  options: Sampling,
  seed: number | string,
): BalancedRows {
  const { negatives, wanted } = negativesOf(slice, options.negativesPerPositive);
  const keep = keptRows(slice, { negatives, wanted }, seed);
  const { positiveWeight } = options;
  const rows = copyRows(dataset, slice, keep);
  const weights =
    positiveWeight === 1
      ? rows.weights
      : Float64Array.from(
          rows.labels,
          (label, i) => (rows.weights?.[i] ?? 1) * (label === 1 ? positiveWeight : 1),
        );
  const keptShare = negatives === 0 ? 1 : wanted / negatives;
  return {
    rows: { ...rows, weights },
    keptShare,
    marginOffset: Math.log(keptShare) - Math.log(positiveWeight),
  };
}

/** Whether so many legitimate rows per fraud are fewer than the slice has. */
export function thins(slice: Slice, negativesPerPositive: number | null): boolean {
  const { negatives, wanted } = negativesOf(slice, negativesPerPositive);
  return wanted < negatives;
}

function negativesOf(
  { labels, rows }: Slice,
  perPositive: number | null,
): { negatives: number; wanted: number } {
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const negatives = rows.length - frauds;
  if (perPositive === null) return { negatives, wanted: negatives };
  return {
    negatives,
    wanted: Math.min(negatives, Math.max(LEAST_NEGATIVES, Math.round(frauds * perPositive))),
  };
}

/** All rows of a slice, as they are. */
export function allRows(dataset: Dataset, slice: Slice): TrainingRows {
  return copyRows(dataset, slice, Uint32Array.from(slice.rows.keys()));
}

/** Selection sampling (Knuth, algorithm S): exactly `wanted` of the negatives, in their order. */
function keptRows(
  slice: Slice,
  count: { negatives: number; wanted: number },
  seed: number | string,
): Uint32Array {
  const rng = createRng(`under-sampling:${seed}`);
  let left = count.negatives;
  let wanted = count.wanted;
  const kept: number[] = [];
  for (let i = 0; i < slice.rows.length; i++) {
    if (slice.labels[i] === 1) {
      kept.push(i);
      continue;
    }
    if (wanted === left || rng.next() * left < wanted) {
      kept.push(i);
      wanted--;
    }
    left--;
  }
  return Uint32Array.from(kept);
}

/** What the given rows count; null where all count 1. */
export function weightsOf({ weights }: Pick<Dataset, "weights">, rows: Uint32Array): Float64Array | null {
  return weights == null ? null : Float64Array.from(rows, (row) => weights[row] as number);
}

function copyRows(dataset: Dataset, slice: Slice, positions: Uint32Array): TrainingRows {
  const { width } = dataset;
  const features = new Float64Array(positions.length * width);
  const labels = new Uint8Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    const at = (slice.rows[position] as number) * width;
    features.set(dataset.features.subarray(at, at + width), i * width);
    labels[i] = slice.labels[position] as number;
  }
  const rows = Uint32Array.from(positions, (position) => slice.rows[position] as number);
  return { width, rows: positions.length, features, labels, weights: weightsOf(dataset, rows) };
}
