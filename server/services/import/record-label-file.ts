import { ExternalLabelSource, Label, LabelSource } from "#server/domain/label.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type LabelInput, recordLabels } from "#server/services/label/index.ts";
import { checkLabel } from "#server/services/label/label-input.ts";
import { CellError, isoTimeMs } from "./cell-values.ts";
import { type CsvFile, CsvFileError, type CsvRow } from "./csv-source.ts";
import { FieldError } from "./field-readers.ts";
import type { RefusedRow } from "./refusal-file.ts";
import { cellMask } from "./refused-row.ts";

export type LabelFileCounts = {
  read: number;
  created: number;
  alreadyThere: number;
  refused: number;
  reopenedCases: number;
};

export type LabelFileParts = {
  readonly file: CsvFile;
  /** Checks everything and records nothing; `created` then counts what would be sent. */
  readonly dryRun: boolean;
  readonly onRefused: (rows: readonly RefusedRow[]) => Promise<void>;
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal | null;
};

/** Columns of a file of labels; further ones are left aside. */
const labelColumns = ["transactionId", "label", "source", "occurredAt", "note"] as const;

/** An analyst's verdict is given in the queue, not in a file. */
const Source = LabelSource.extract([...ExternalLabelSource.options, "import"]);

/**
 * Records a file of labels, batch by batch; what is recorded already is left, so a repeat is harmless.
 * @throws CsvFileError when a column is missing or the file breaks off; ServiceError "forbidden"; the signal's reason
 * between two batches.
 */
export async function recordLabelFile(ctx: ServiceContext, parts: LabelFileParts): Promise<LabelFileCounts> {
  const { file, dryRun, onRefused, signal } = parts;
  const inputOf = labelReader(file.header);
  const mask = cellMask(file.header, new Set());
  const counts = { read: 0, created: 0, alreadyThere: 0, refused: 0, reopenedCases: 0 };
  for await (const batch of file.batches) {
    signal?.throwIfAborted();
    const refused: RefusedRow[] = [];
    const refuse = ({ line, cells }: CsvRow, { column, message }: FieldError): void => {
      refused.push({ line, column, reason: message, cells: mask(cells) });
    };
    const entries: { row: CsvRow; input: LabelInput }[] = [];
    for (const row of batch) {
      const input = readOrRefuse(
        () => inputOf(row, ctx.now()),
        (fault) => refuse(row, fault),
      );
      if (input !== null) entries.push({ row, input });
    }
    const inputs = entries.map((entry) => entry.input);
    const result = dryRun ? await wouldRecord(ctx, inputs) : await recordLabels(ctx, inputs);
    for (const place of result.unknown) {
      const row = entries[place]?.row;
      if (row !== undefined) refuse(row, new FieldError("transactionId", "is no payment known here"));
    }
    await onRefused(refused);
    counts.read += batch.length;
    counts.created += result.created;
    counts.alreadyThere += result.duplicates;
    counts.reopenedCases += result.reopenedCases;
    counts.refused += refused.length;
    parts.onProgress(file.bytesRead());
  }
  return counts;
}

function readOrRefuse<T>(read: () => T, refuse: (fault: FieldError) => void): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    refuse(error);
    return null;
  }
}

function labelReader(header: readonly string[]): (row: CsvRow, now: Date) => LabelInput {
  const missing = labelColumns.filter((name) => name !== "note" && !header.includes(name));
  if (missing.length > 0) {
    throw new CsvFileError(
      `The file of labels has no column ${missing.join(", ")}; it has ${header.join(", ")}.`,
    );
  }
  return ({ cells }, now) => {
    const cell = (column: string): string => (cells[header.indexOf(column)] ?? "").trim();
    if (cells.length !== header.length)
      throw new FieldError("", `has ${cells.length} columns where the header has ${header.length}`);
    const transactionId = cell("transactionId");
    if (transactionId === "") throw new FieldError("transactionId", "is empty");
    const label = Label.safeParse(cell("label"));
    if (!label.success) throw new FieldError("label", `is none of ${Label.options.join(", ")}`);
    const source = Source.safeParse(cell("source"));
    if (!source.success) throw new FieldError("source", `is none of ${Source.options.join(", ")}`);
    const note = cell("note");
    if (note.length > 2000) throw new FieldError("note", "is longer than 2,000 characters");
    const occurredAt = timeOf(cell("occurredAt"));
    const input = { transactionId, label: label.data, source: source.data, occurredAt, note: note || null };
    return checked(input, now);
  };
}

function timeOf(text: string): Date {
  try {
    return new Date(isoTimeMs(text));
  } catch (error) {
    throw error instanceof CellError ? new FieldError("occurredAt", error.message) : error;
  }
}

function checked(input: LabelInput, now: Date): LabelInput {
  try {
    checkLabel(input, now);
    return input;
  } catch (error) {
    throw error instanceof ServiceError ? new FieldError("", error.message) : error;
  }
}

/** What `recordLabels` would say, as far as it can be told without writing. */
async function wouldRecord(
  { db }: ServiceContext,
  inputs: readonly LabelInput[],
): Promise<{ created: number; duplicates: number; unknown: number[]; reopenedCases: number }> {
  const ids = [...new Set(inputs.map((input) => input.transactionId))];
  const rows = await db.transaction.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const known = new Set(rows.map((row) => row.id));
  const unknown = inputs.flatMap((input, place) => (known.has(input.transactionId) ? [] : [place]));
  return { created: inputs.length - unknown.length, duplicates: 0, unknown, reopenedCases: 0 };
}
