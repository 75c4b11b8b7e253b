import { cardTokenizer } from "./card-token.ts";
import { type CsvFile, openCsv } from "./csv-source.ts";
import { allTime, type TimeRange } from "./day-range.ts";
import type { Mapping } from "./mapping.ts";
import type { RefusedRow } from "./refusal-file.ts";
import { type CellMask, cellMask, tokenizedColumns } from "./refused-row.ts";
import { createRowReader, type MappedRow } from "./row-reader.ts";

/** What became of a batch of rows, in the order of the file. */
export type MappedBatch = {
  readonly rows: readonly MappedRow[];
  readonly refused: readonly RefusedRow[];
  /** Rows that the mapping's filter or the range of time leaves out. */
  readonly leftOut: number;
};

export type MappedFile = Omit<CsvFile, "batches"> & { readonly batches: AsyncGenerator<MappedBatch> };

export type ReadOptions = {
  /** Keys the tokens of card numbers. */
  readonly salt: string;
  readonly now: Date;
  readonly range?: TimeRange;
  /** Data rows of the files read before as if they were one: rows are numbered on from there. */
  readonly rowsBefore?: number;
};

/**
 * Opens a file as a stream of payments with their labels. Refused rows are masked here, so that no card number goes
 * further than this.
 * @throws CsvFileError when the file cannot be read; MappingError when it lacks a column of the mapping.
 */
export async function openMappedFile(
  path: string,
  mapping: Mapping,
  options: ReadOptions,
): Promise<MappedFile> {
  const csv = await openCsv(path, mapping.delimiter);
  try {
    const context = { tokenize: cardTokenizer(options.salt), nowMs: options.now.getTime() };
    const rowsBefore = options.rowsBefore ?? 0;
    const reader = createRowReader(mapping, csv.header, context);
    const readRow: typeof reader = (row) => reader({ ...row, row: row.row + rowsBefore });
    const mask = cellMask(csv.header, tokenizedColumns(mapping));
    return { ...csv, batches: mapBatches(csv, { readRow, mask, range: options.range ?? allTime }) };
  } catch (error) {
    await csv.batches.return(undefined);
    throw error;
  }
}

type Parts = {
  readonly readRow: ReturnType<typeof createRowReader>;
  readonly mask: CellMask;
  readonly range: TimeRange;
};

async function* mapBatches(csv: CsvFile, { readRow, mask, range }: Parts): AsyncGenerator<MappedBatch> {
  for await (const batch of csv.batches) {
    const rows: MappedRow[] = [];
    const refused: RefusedRow[] = [];
    for (const row of batch) {
      const result = readRow(row);
      if (result.kind === "refused") {
        const { column, reason } = result.refusal;
        refused.push({ line: row.line, column, reason, cells: mask(row.cells) });
      } else if (result.kind === "mapped") {
        const { occurredAtMs } = result.mapped.payment;
        if (occurredAtMs >= range.fromMs && occurredAtMs < range.toMs) rows.push(result.mapped);
      }
    }
    yield { rows, refused, leftOut: batch.length - rows.length - refused.length };
  }
}
