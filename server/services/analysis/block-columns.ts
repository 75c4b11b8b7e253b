import { promisify } from "node:util";
import { deflateRawSync, inflateRaw, inflateRawSync } from "node:zlib";

/** Rows in one part of a block: a change rewrites at most these. */
export const PART_ROWS = 32_768;

/** Labels as the column `label` holds them. */
export const FRAUD = 1;
export const LEGITIMATE = 2;

/** Bits of the column `flags`. */
export const LIVE = 1;
export const NEW_CUSTOMER = 2;

/**
 * The columns of a block with what each value takes. Codes are numbers of analysis_code, 0 for none; `floor` is one
 * more than the strictest outcome that a list or a rule of the decision asked for, 0 for none.
 */
const layout = {
  /** decision sequence, counted from the block's first */
  seqOffset: Uint32Array,
  /** time of the payment in its UTC day */
  atMs: Uint32Array,
  score: Float64Array,
  challengerScore: Float64Array,
  amountMinor: Float64Array,
  propensity: Float64Array,
  challenger: Uint32Array,
  customer: Uint32Array,
  card: Uint32Array,
  currency: Uint32Array,
  channel: Uint32Array,
  country: Uint32Array,
  category: Uint32Array,
  /** from payment to the recording of the label that counts */
  labelDelayS: Uint32Array,
  outcome: Uint8Array,
  exploration: Uint8Array,
  floor: Uint8Array,
  flags: Uint8Array,
  label: Uint8Array,
  source: Uint8Array,
};

export type ColumnName = keyof typeof layout;
export type BlockColumns = { readonly [Name in ColumnName]: InstanceType<(typeof layout)[Name]> };
export type BlockRow = { [Name in ColumnName]: number };

// The keys of a literal in the order in which they are written.
const names = Object.keys(layout) as ColumnName[];

const FORMAT = 1;
const ROW_BYTES = names.reduce((sum, name) => sum + layout[name].BYTES_PER_ELEMENT, 0);

/** Columns of so many rows, all zero. */
export function emptyColumns(rows: number): BlockColumns {
  return {
    seqOffset: new Uint32Array(rows),
    atMs: new Uint32Array(rows),
    score: new Float64Array(rows),
    challengerScore: new Float64Array(rows),
    amountMinor: new Float64Array(rows),
    propensity: new Float64Array(rows),
    challenger: new Uint32Array(rows),
    customer: new Uint32Array(rows),
    card: new Uint32Array(rows),
    currency: new Uint32Array(rows),
    channel: new Uint32Array(rows),
    country: new Uint32Array(rows),
    category: new Uint32Array(rows),
    labelDelayS: new Uint32Array(rows),
    outcome: new Uint8Array(rows),
    exploration: new Uint8Array(rows),
    floor: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    label: new Uint8Array(rows),
    source: new Uint8Array(rows),
  };
}

/** Copies all of `from` into `to`, from row `at` on. */
export function copyColumns(from: BlockColumns, to: BlockColumns, at: number): void {
  for (const name of names) to[name].set(from[name], at);
}

/** Writes one row. */
export function setRow(to: BlockColumns, at: number, row: BlockRow): void {
  for (const name of names) to[name][at] = row[name];
}

/** One column after another, deflated: of what is constant or counts up little is left. */
export function encodeColumns(columns: BlockColumns): Uint8Array<ArrayBuffer> {
  const parts = names.map((name) => {
    const { buffer, byteOffset, byteLength } = columns[name];
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  const deflated = deflateRawSync(Buffer.concat(parts), { level: 1 });
  const bytes = new Uint8Array(deflated.length + 1);
  bytes[0] = FORMAT;
  bytes.set(deflated, 1);
  return bytes;
}

/** @throws RangeError when the bytes are not so many rows of this format. */
export function decodeColumns(bytes: Uint8Array, rows: number): BlockColumns {
  checkFormat(bytes);
  return columnsOf(inflateRawSync(bytes.subarray(1)), rows);
}

const inflateAside = promisify(inflateRaw);

/** `decodeColumns` with the inflating on a thread of the pool, several at once. Rejects as it throws. */
export async function decodeColumnsAside(bytes: Uint8Array, rows: number): Promise<BlockColumns> {
  checkFormat(bytes);
  return columnsOf(
    await inflateAside(bytes.subarray(1), { chunkSize: Math.max(64, rows * ROW_BYTES) }),
    rows,
  );
}

function checkFormat(bytes: Uint8Array): void {
  if (bytes[0] !== FORMAT) throw new RangeError(`analysis block of unknown format ${bytes[0]}`);
}

function columnsOf(raw: Uint8Array, rows: number): BlockColumns {
  if (raw.length !== rows * ROW_BYTES) throw new RangeError(`${raw.length} bytes are not ${rows} rows`);
  const columns = emptyColumns(rows);
  let from = 0;
  for (const name of names) {
    const { buffer, byteLength } = columns[name];
    new Uint8Array(buffer).set(raw.subarray(from, from + byteLength));
    from += byteLength;
  }
  return columns;
}

/** Memory of decoded rows. */
export function columnBytes(rows: number): number {
  return rows * ROW_BYTES;
}
