import type { TrainingRows } from "../model.ts";
import { quantileCuts } from "./quantile-cuts.ts";
import { CUT_ROOM, codeCountOf, cutsOf, SAMPLE_ROWS, type TrainingMemory } from "./training-memory.ts";

/** Rows that are handed over at a time: their values fit the cache. */
const CHUNK_ROWS = 4096;

/** Which columns a thread looks after. */
export type ColumnRange = { readonly from: number; readonly to: number };

/** The steps of binning, done column by column by as many threads as there are. */
export type Binning = {
  /** Finds cuts in the first rows of the chunk. */
  fitCuts(rows: number): unknown;
  /** Encodes the rows of the chunk, the first of which is row `from` of all. */
  encode(from: number, rows: number): unknown;
};

/**
 * Bins all rows: cuts from a sample of at most 16,384 rows of each class, evenly spread, then a code per row and
 * feature. With fewer rows the sample is all of them. Yields between its steps, so that the caller may breathe.
 */
export function* binRows(
  memory: TrainingMemory,
  { features, width }: TrainingRows,
  binning: Binning,
): Generator<void> {
  const sample = sampledRows(memory.labels);
  for (let i = 0; i < sample.length; i++) {
    const row = sample[i] as number;
    for (let column = 0; column < width; column++) {
      memory.chunk[i * width + column] = features[row * width + column] as number;
    }
    memory.chunkLabels[i] = memory.labels[row] as number;
  }
  binning.fitCuts(sample.length);
  yield;
  for (let from = 0; from < memory.rows; from += CHUNK_ROWS) {
    const to = Math.min(memory.rows, from + CHUNK_ROWS);
    memory.chunk.set(features.subarray(from * width, to * width));
    binning.encode(from, to - from);
    yield;
  }
  let offset = 0;
  for (let column = 0; column < width; column++) {
    memory.offsets[column] = offset;
    offset += codeCountOf(memory, column);
  }
  memory.offsets[width] = offset;
}

/** At most half of the room for either class, in rising order. */
function sampledRows(labels: Uint8Array): Uint32Array {
  const most = SAMPLE_ROWS / 2;
  let frauds = 0;
  for (let row = 0; row < labels.length; row++) frauds += labels[row] as number;
  const share = [Math.min(1, most / (labels.length - frauds)), Math.min(1, most / frauds)] as const;
  const progress: [number, number] = [0, 0];
  const sample = new Uint32Array(Math.min(labels.length, SAMPLE_ROWS));
  let taken = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] === 1 ? 1 : 0;
    const before = Math.floor(progress[label] * share[label]);
    progress[label]++;
    // A row is taken whenever its class has come a whole number further.
    if (Math.floor(progress[label] * share[label]) > before) sample[taken++] = row;
  }
  return sample.subarray(0, taken);
}

/** Finds and keeps the cuts of some columns. */
export function fitCuts(memory: TrainingMemory, columns: ColumnRange, rows: number): void {
  const { chunk, chunkLabels, width, options } = memory;
  for (let column = columns.from; column < columns.to; column++) {
    const values = { features: chunk, labels: chunkLabels, rows, width, column };
    const cuts = quantileCuts(values, options.maxBins);
    memory.cuts.set(cuts, column * CUT_ROOM);
    memory.cutCounts[column] = cuts.length;
  }
}

/** Writes the codes of some columns; missing values take the code after the last bin. */
export function encodeColumns(
  memory: TrainingMemory,
  columns: ColumnRange,
  { from, rows }: { readonly from: number; readonly rows: number },
): void {
  const { chunk, width, codes, cuts, hasMissing } = memory;
  for (let column = columns.from; column < columns.to; column++) {
    const at = column * memory.rows + from;
    const missing = cutsOf(memory, column).length + 1;
    const cutsAt = column * CUT_ROOM;
    for (let row = 0; row < rows; row++) {
      const value = chunk[row * width + column] as number;
      if (Number.isNaN(value)) {
        codes[at + row] = missing;
        hasMissing[column] = 1;
      } else codes[at + row] = cutsBelow(cuts, cutsAt, value);
    }
  }
}

/** The number of cuts below the value, by a bisection of eight steps without a branch. */
function cutsBelow(cuts: Float64Array, at: number, value: number): number {
  let low = at;
  low += +((cuts[low + 127] as number) < value) << 7;
  low += +((cuts[low + 63] as number) < value) << 6;
  low += +((cuts[low + 31] as number) < value) << 5;
  low += +((cuts[low + 15] as number) < value) << 4;
  low += +((cuts[low + 7] as number) < value) << 3;
  low += +((cuts[low + 3] as number) < value) << 2;
  low += +((cuts[low + 1] as number) < value) << 1;
  low += +((cuts[low] as number) < value);
  return low - at;
}
