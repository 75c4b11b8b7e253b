import { allTime } from "./day-range.ts";
import { openMappedFile } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";
import type { RefusedRow } from "./refusal-file.ts";
import type { MappedRow } from "./row-reader.ts";
import { TimeOrder } from "./time-order.ts";

/** Nothing that is read so is stored: its tokens need no secret, and a fixed one keeps runs alike. */
const SALT = "replay";

export type OrderedFiles = {
  /** Read one after the other, as if they were one file. */
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  /** Payments from here on are not read. */
  readonly untilMs: number;
  readonly now: Date;
  readonly onProgress: (fraction: number) => void;
};

export type ReplayCounts = {
  rows: number;
  refused: number;
  firstRefused: RefusedRow | null;
  /** Payments earlier than one that left before them, for all the sorting that fits in memory. */
  outOfOrder: number;
};

/** Where a payment stands: in which of the files, and how many came before it in order of time. */
export type RowPlace = { readonly file: number; readonly position: number };
export type PlacedRow = { readonly row: MappedRow; readonly place: RowPlace };

/** Payments of files in order of time, in batches; the same files give the same places. */
export class OrderedRows {
  readonly counts: ReplayCounts = { rows: 0, refused: 0, firstRefused: null, outOfOrder: 0 };
  readonly #files: OrderedFiles;
  #position = 0;

  constructor(files: OrderedFiles) {
    this.#files = files;
  }

  /** To be consumed once. @throws CsvFileError or MappingError, see openMappedFile. */
  async *batches(): AsyncGenerator<PlacedRow[]> {
    const { paths, mapping, untilMs, now, onProgress } = this.#files;
    const order = new TimeOrder<{ row: MappedRow; file: number }>(({ row }) => row.payment);
    const range = { ...allTime, toMs: untilMs };
    let rowsBefore = 0;
    for (const [index, path] of paths.entries()) {
      const file = await openMappedFile(path, mapping, { salt: SALT, now, range, rowsBefore });
      for await (const { rows, refused, leftOut } of file.batches) {
        rowsBefore += rows.length + refused.length + leftOut;
        this.#count(rows.length, refused);
        yield order.push(rows.map((row) => ({ row, file: index }))).map(this.#placed);
        onProgress((index + file.bytesRead() / file.totalBytes) / paths.length);
      }
    }
    yield order.drain().map(this.#placed);
    this.counts.outOfOrder = order.late;
  }

  readonly #placed = ({ row, file }: { row: MappedRow; file: number }): PlacedRow => ({
    row,
    place: { file, position: this.#position++ },
  });

  #count(rows: number, refused: readonly RefusedRow[]): void {
    this.counts.rows += rows;
    this.counts.refused += refused.length;
    this.counts.firstRefused ??= refused[0] ?? null;
  }
}
