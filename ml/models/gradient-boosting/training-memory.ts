import type { TrainingRows } from "../model.ts";
import type { GradientBoostingOptions } from "./options.ts";

/** Codes fit a byte: 255 bins and one for missing values. */
export const MOST_CODES = 256;
/** Room for the cuts of one column: 254, and one +Infinity at least behind them. */
export const CUT_ROOM = MOST_CODES - 1;
/** Cuts are found in at most this many rows. */
export const SAMPLE_ROWS = 32_768;
/** Sums of gradient sizes are taken over blocks of this many rows, so that threads don't change them. */
export const BLOCK_ROWS = 8192;
/** Numbers of one split found: see `split-record.ts`. */
export const RECORD_LENGTH = 8;

/**
 * Everything that the threads of one fit share: typed arrays over one SharedArrayBuffer each where there are several
 * threads, over plain buffers else. Codes and cuts lie column after column.
 */
export type TrainingMemory = {
  readonly rows: number;
  readonly width: number;
  readonly threads: number;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
  /** Rows to bin, row after row: a sample to find cuts in, then all rows, some at a time. */
  readonly chunk: Float64Array;
  readonly chunkLabels: Uint8Array;
  readonly cuts: Float64Array;
  readonly cutCounts: Uint16Array;
  readonly hasMissing: Uint8Array;
  readonly codes: Uint8Array;
  readonly margins: Float64Array;
  /** Gradient and Hessian of each row, see `packed-gradients.ts`. */
  readonly packed: Float64Array;
  /** Of each block of rows: the sums of gradient sizes and of Hessians. */
  readonly blockSizes: Float64Array;
  /** Rows as the tree that grows has ordered them, each leaf's side by side. */
  readonly order: Uint32Array;
  /** Columns that the tree may use, in rising order; `columnCount` of them. */
  readonly columns: Uint16Array;
  readonly columnCount: Uint16Array;
  /** Where each column has its bins in a histogram. */
  readonly offsets: Uint32Array;
  /** Slots of `slotLength` doubles, then a line of scratch for each thread. */
  readonly histograms: Float64Array;
  readonly slotLength: number;
  readonly slots: number;
  /** Of each thread, the best split of two nodes. */
  readonly records: Float64Array;
  readonly options: GradientBoostingOptions;
};

/** Memory for a fit of these rows. */
export function trainingMemory(
  training: TrainingRows,
  options: GradientBoostingOptions,
  threads: number,
): TrainingMemory {
  const { rows, width } = training;
  const bytes = (count: number): ArrayBuffer | SharedArrayBuffer =>
    threads > 1 ? new SharedArrayBuffer(count) : new ArrayBuffer(count);
  const doubles = (count: number): Float64Array => new Float64Array(bytes(8 * count) as ArrayBuffer);
  const integers = (count: number): Uint32Array => new Uint32Array(bytes(4 * count) as ArrayBuffer);
  const shorts = (count: number): Uint16Array => new Uint16Array(bytes(2 * count) as ArrayBuffer);
  const octets = (count: number): Uint8Array => new Uint8Array(bytes(count) as ArrayBuffer);
  const chunkRows = Math.min(rows, SAMPLE_ROWS);
  // Depth-wise, the newest leaf is always next: on each level no more than one other waits.
  const slots =
    2 + Math.min(options.growth === "leaf" ? leafLimit(options) : options.maxDepth, leafLimit(options));
  const memory: TrainingMemory = {
    rows,
    width,
    threads,
    options,
    labels: octets(rows),
    weights: training.weights === null ? null : doubles(rows),
    chunk: doubles(chunkRows * width),
    chunkLabels: octets(chunkRows),
    cuts: doubles(width * CUT_ROOM).fill(Number.POSITIVE_INFINITY),
    cutCounts: shorts(width),
    hasMissing: octets(width),
    codes: octets(rows * width),
    margins: doubles(rows),
    packed: doubles(rows),
    blockSizes: doubles(2 * Math.ceil(rows / BLOCK_ROWS)),
    order: integers(rows),
    columns: shorts(width),
    columnCount: shorts(1),
    offsets: integers(width + 1),
    slotLength: width * MOST_CODES,
    slots,
    histograms: doubles((slots * width + 2 * threads) * MOST_CODES),
    records: doubles(threads * 2 * RECORD_LENGTH),
  };
  memory.labels.set(training.labels.subarray(0, rows));
  if (training.weights !== null) memory.weights?.set(training.weights.subarray(0, rows));
  return memory;
}

/** Leaves per tree at most. */
export function leafLimit({ maxLeaves, maxDepth }: GradientBoostingOptions): number {
  return Math.min(maxLeaves ?? Number.POSITIVE_INFINITY, 2 ** maxDepth);
}

/** The cuts of one column, in rising order. */
export function cutsOf({ cuts, cutCounts }: TrainingMemory, column: number): Float64Array {
  const at = column * CUT_ROOM;
  return cuts.subarray(at, at + (cutCounts[column] as number));
}

/** Codes of one column: its bins, and one for missing values if it has any. */
export function codeCountOf({ cutCounts, hasMissing }: TrainingMemory, column: number): number {
  return (cutCounts[column] as number) + 1 + (hasMissing[column] as number);
}
