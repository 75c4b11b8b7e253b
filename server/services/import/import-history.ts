import type { Pool } from "pg";
import { DAY_MS } from "#server/domain/day.ts";
import type { MappedFile } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";
import type { RefusedRow } from "./refusal-file.ts";
import type { MappedRow } from "./row-reader.ts";
import { TimeOrder } from "./time-order.ts";
import { type HistoricalLabel, writeHistoricalLabels, writePayments } from "./write-history.ts";

export type ImportCounts = {
  /** Data rows of the file. */
  read: number;
  /** Payments that were not there before. */
  added: number;
  alreadyThere: number;
  /** Payments that the file calls fraud. */
  frauds: number;
  labelsAdded: number;
  /** Rows that the mapping's filter or the days asked for leave out. */
  leftOut: number;
  outOfOrder: number;
  refused: number;
  firstMs: number | null;
  lastMs: number | null;
};

export type ImportParts = {
  readonly pool: Pool;
  readonly file: MappedFile;
  readonly mapping: Mapping;
  /** Keeps refused rows; awaited before the batch they came with is written. */
  readonly onRefused: (rows: readonly RefusedRow[]) => Promise<void>;
  readonly onProgress: (bytes: number, counts: Readonly<ImportCounts>) => void;
  readonly signal: AbortSignal | null;
  /** Rows held back to put them in order of time; the more, the later a row may come. */
  readonly heldRows?: number;
};

const BATCH = 5_000;
const LATE_LABELS = 100_000;
/**
 * Streams a file into the log of payments, in batches that are each written whole or not at all, with the labels of
 * their frauds recorded as long after the payment as the mapping says. Legitimate labels are not stored: a payment
 * nobody disputed is legitimate once it is mature. What is there already is left, so an interrupted import may be run again.
 * @throws the signal's reason between two batches; CsvFileError when the file breaks off.
 */
export async function importHistory(parts: ImportParts): Promise<ImportCounts> {
  const counts = noCounts();
  const order = new TimeOrder<MappedRow>((row) => row.payment, parts.heldRows);
  const writer = new BatchWriter(parts, counts);
  try {
    for await (const { rows, refused, leftOut } of parts.file.batches) {
      parts.signal?.throwIfAborted();
      await parts.onRefused(refused);
      counts.read += rows.length + refused.length + leftOut;
      counts.refused += refused.length;
      counts.leftOut += leftOut;
      await writer.write(order.push(rows));
      counts.outOfOrder = order.late;
      parts.onProgress(parts.file.bytesRead(), counts);
    }
    await writer.write(order.drain());
    counts.outOfOrder = order.late;
    await writer.end();
  } finally {
    await writer.settled(); // no batch is under way once this function has ended, however it ends
  }
  return counts;
}

/** Writes while the next rows are read. */
class BatchWriter {
  readonly #parts: ImportParts;
  readonly #counts: ImportCounts;
  #waiting: MappedRow[] = [];
  #writing: Promise<void> = Promise.resolve();
  #late: HistoricalLabel[] = [];
  #lastRecordedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ImportParts, counts: ImportCounts) {
    this.#parts = parts;
    this.#counts = counts;
  }

  async write(rows: readonly MappedRow[]): Promise<void> {
    for (const row of rows) this.#waiting.push(row);
    while (this.#waiting.length >= BATCH) await this.#send(this.#waiting.splice(0, BATCH));
  }

  async end(): Promise<void> {
    while (this.#waiting.length > 0) await this.#send(this.#waiting.splice(0, BATCH));
    await this.#writing;
    await this.#writeLate();
  }

  /** Once the batch under way is written, or has failed. */
  async settled(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  async #send(rows: readonly MappedRow[]): Promise<void> {
    await this.#writing;
    this.#parts.signal?.throwIfAborted();
    this.#writing = this.#writeBatch(rows);
    this.#writing.catch(() => {}); // awaited by the next batch, or by end()
  }

  async #writeBatch(rows: readonly MappedRow[]): Promise<void> {
    const labels = this.#labelsInOrder(rows);
    const client = await this.#parts.pool.connect();
    let failure: unknown = null;
    try {
      await client.query("begin");
      const added = await writePayments(
        client,
        rows.map((row) => row.payment),
        "import",
      );
      const labelsAdded = labels.length === 0 ? 0 : await writeHistoricalLabels(client, labels);
      await client.query("commit");
      this.#count(rows, added, labelsAdded);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure !== null); // a connection that failed amid a transaction is closed
    }
    if (this.#late.length >= LATE_LABELS) await this.#writeLate();
  }

  /** Labels of a batch by the time of recording; those earlier than what is written already wait for the end. */
  #labelsInOrder(rows: readonly MappedRow[]): HistoricalLabel[] {
    const labels = labelsOf(rows, this.#parts.mapping).sort((a, b) => a.recordedAtMs - b.recordedAtMs);
    const due = labels.filter((label) => label.recordedAtMs >= this.#lastRecordedMs);
    for (const label of labels) if (label.recordedAtMs < this.#lastRecordedMs) this.#late.push(label);
    this.#lastRecordedMs = due.at(-1)?.recordedAtMs ?? this.#lastRecordedMs;
    return due;
  }

  async #writeLate(): Promise<void> {
    const late = this.#late.sort((a, b) => a.recordedAtMs - b.recordedAtMs);
    this.#late = [];
    for (let from = 0; from < late.length; from += BATCH) {
      const batch = late.slice(from, from + BATCH);
      this.#counts.labelsAdded += await writeHistoricalLabels(this.#parts.pool, batch);
    }
  }

  #count(rows: readonly MappedRow[], added: number, labelsAdded: number): void {
    const counts = this.#counts;
    counts.added += added;
    counts.alreadyThere += rows.length - added;
    counts.labelsAdded += labelsAdded;
    for (const { payment, fraud } of rows) {
      if (fraud === true) counts.frauds += 1;
      counts.firstMs = Math.min(counts.firstMs ?? payment.occurredAtMs, payment.occurredAtMs);
      counts.lastMs = Math.max(counts.lastMs ?? payment.occurredAtMs, payment.occurredAtMs);
    }
  }
}

/** The labels of a file's frauds, in the order of the rows. */
function labelsOf(rows: readonly MappedRow[], { label }: Mapping): HistoricalLabel[] {
  if (label === undefined) return [];
  return rows.flatMap(({ payment, fraud }) =>
    fraud === true
      ? [
          {
            transactionId: payment.id,
            label: "fraud",
            source: "import",
            occurredAtMs: payment.occurredAtMs,
            recordedAtMs: payment.occurredAtMs + label.delayDays * DAY_MS,
          },
        ]
      : [],
  );
}

function noCounts(): ImportCounts {
  return {
    read: 0,
    added: 0,
    alreadyThere: 0,
    frauds: 0,
    labelsAdded: 0,
    leftOut: 0,
    outOfOrder: 0,
    refused: 0,
    firstMs: null,
    lastMs: null,
  };
}
