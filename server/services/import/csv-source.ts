import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, type Parser, parse } from "csv-parse";

/** A data row: where it begins to be found again, and its cells as they stand in the file. */
export type CsvRow = {
  readonly line: number; // of the row's last line, the header being line 1
  readonly row: number; // data rows are numbered from 1
  readonly cells: readonly string[];
};

export type CsvFile = {
  readonly header: readonly string[];
  /** Rows in batches, so that a step of the pipeline costs little per row. To be consumed once. */
  readonly batches: AsyncGenerator<CsvRow[]>;
  readonly totalBytes: number;
  bytesRead(): number;
};

/** The file cannot be read as CSV. */
export class CsvFileError extends Error {}

const BATCH = 2_000;
const MAX_ROW_CHARACTERS = 1_000_000;

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

/**
 * Opens a CSV file, plain or gzipped, of any size. Memory stays bounded by a few batches.
 * @throws CsvFileError when it cannot be opened, is empty, or a column name is missing or given twice; while reading,
 * when it is cut short or a quote is never closed.
 */
export async function openCsv(path: string, delimiter = ","): Promise<CsvFile> {
  const { compressed, totalBytes } = await inspect(path);
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: MAX_ROW_CHARACTERS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  connect(path, compressed, counter, parser);
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<Parsed>;
  const header = await headerOf(records, path);
  return { header, totalBytes, bytesRead: () => bytes, batches: batchesOf(records, parser, path) };
}

async function inspect(path: string): Promise<{ compressed: boolean; totalBytes: number }> {
  try {
    await using file = await open(path);
    const start = await file.read(Buffer.alloc(2), 0, 2, 0);
    const { size } = await file.stat();
    return { compressed: start.buffer[0] === 0x1f && start.buffer[1] === 0x8b, totalBytes: size };
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "not there" : cause;
    throw new CsvFileError(`${path} cannot be read: ${reason}`, { cause });
  }
}

/** Errors of any stage end up in the parser, where the reader sees them. */
function connect(path: string, compressed: boolean, counter: Transform, parser: Parser): void {
  const raw = createReadStream(path, { highWaterMark: 1 << 18 });
  const stages: (Readable | Transform)[] = [raw, counter, ...(compressed ? [createGunzip()] : [])];
  for (const stage of stages) stage.on("error", (error) => parser.destroy(error));
  parser.on("close", () => raw.destroy());
  stages.reduce((from, to) => from.pipe(to as Transform)).pipe(parser);
}

async function headerOf(records: AsyncIterator<Parsed>, path: string): Promise<string[]> {
  const first = await guarded(records.next(), path);
  if (first.done === true) throw new CsvFileError(`${path} is empty.`);
  const header = first.value.record.map((name) => name.trim());
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new CsvFileError(`${path} has two columns named "${twice}".`);
  return header;
}

async function* batchesOf(
  records: AsyncIterator<Parsed>,
  parser: Parser,
  path: string,
): AsyncGenerator<CsvRow[]> {
  let batch: CsvRow[] = [];
  let row = 0;
  try {
    for (;;) {
      const next = await guarded(records.next(), path);
      if (next.done === true) break;
      row += 1;
      batch.push({ line: next.value.info.lines, row, cells: next.value.record });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    parser.destroy();
  }
}

async function guarded<T>(reading: Promise<T>, path: string): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new CsvFileError(`${path}: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof CsvError) {
    const line = typeof cause.lines === "number" ? `line ${cause.lines}: ` : "";
    if (cause.code === "CSV_QUOTE_NOT_CLOSED") return `${line}a quote is opened and never closed.`;
    if (cause.code === "CSV_MAX_RECORD_SIZE")
      return `${line}a row is longer than 1 MB; is a quote not closed?`;
    return `${line}it cannot be read as CSV (${cause.code}).`;
  }
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code.startsWith("Z_")) return "the compressed file is damaged or cut short.";
  return cause instanceof Error ? cause.message : String(cause);
}
