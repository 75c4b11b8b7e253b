import { createFeatureEngine, type FeatureEngine, type RowOutput } from "./engine.ts";
import type { FeatureSet } from "./feature-set.ts";
import type { LabelEvent, PaymentEvent } from "./payment-event.ts";
import { CELL, type PaymentRows, paymentRows } from "./payment-rows.ts";

const ROWS_AT_ONCE = 1024;

/** A payment to replay. With `labelCursor`, it saw exactly the labels up to that sequence when it was scored. */
export type ReplayEvent = PaymentEvent & { readonly labelCursor?: number | null };

/** A label to replay; `sequence` is its place in the log that cursors point into. */
export type ReplayLabel = LabelEvent & { readonly sequence?: number | null };

export type ReplayOptions = {
  /** Which payments get a row; all when left out. The others only build up history. */
  readonly include?: (event: ReplayEvent, index: number) => boolean;
  /** Continue from this engine instead of an empty one. */
  readonly engine?: FeatureEngine;
};

/**
 * Replays payments in arrival order against labels in the order of their recording, through the engine that
 * serves online. Before a payment is computed, the labels due are applied: those with a sequence up to its
 * `labelCursor`, or, without a cursor, those recorded at or before its time that judge an earlier payment (data
 * that label a payment at its own time cannot leak into it). Feed it as rows stream by: a label
 * must be offered before the first payment that it is due at.
 */
export class Replayer {
  readonly engine: FeatureEngine;
  readonly width: number;
  #pending: ReplayLabel[] = [];
  #next = 0;
  #cursor = 0;
  #waitedMs = Number.NEGATIVE_INFINITY;

  constructor(engine: FeatureEngine) {
    this.engine = engine;
    this.width = engine.featureSet.definitions.length;
  }

  /** Queues labels behind those offered before: by sequence, or by `recordedAtMs` where they carry none. */
  offerLabels(labels: Iterable<ReplayLabel>): void {
    if (this.#next > 1024 && this.#next * 2 > this.#pending.length) {
      this.#pending = this.#pending.slice(this.#next);
      this.#next = 0;
    }
    for (const label of labels) {
      const before = this.#pending.at(-1);
      if (before !== undefined && comesAfter(before, label)) {
        throw new RangeError(`label of ${label.transactionId} is out of order`);
      }
      this.#pending.push(label);
    }
  }

  /** Applies the labels due, writes the payment's row at `offset` unless `out` is null, then counts the payment. */
  next(event: ReplayEvent, out: Float64Array | null, offset: number): void {
    this.#applyDue(event.occurredAtMs, event.labelCursor ?? null);
    if (out !== null) this.engine.compute(event, out, offset);
    this.engine.observe(event);
  }

  /** As `next` of a payment in a table. */
  nextRow(rows: PaymentRows, row: number, out: RowOutput | null): void {
    const at = row * rows.width;
    const cursor = rows.cells[at + CELL.labelCursor] as number;
    this.#applyDue(rows.cells[at + CELL.atMs] as number, Number.isNaN(cursor) ? null : cursor);
    if (out !== null) this.engine.computeRow(rows, row, out);
    this.engine.observeRow(rows, row);
  }

  /** As `next` of every payment of a table; those with `wanted[row]` 0 only build up history. */
  nextRows(rows: PaymentRows, wanted: Uint8Array | null, out: RowOutput): void {
    for (let row = 0; row < rows.length; row++) {
      const chosen = wanted === null || wanted[row] === 1;
      this.nextRow(rows, row, chosen ? out : null);
      if (chosen) out.offset += this.width;
    }
  }

  /** Applies what was offered, due or not. */
  applyOffered(): void {
    for (; this.#next < this.#pending.length; this.#next++) this.#apply(this.#pending[this.#next]);
  }

  /** Where labels stand after the payment replayed last. */
  get progress(): LabelProgress {
    return { cursor: this.#cursor, waitedMs: this.#waitedMs };
  }

  /** Goes on from where another replayer stood, whose engine has the state of this one's. */
  resume({ cursor, waitedMs }: LabelProgress): void {
    this.#cursor = cursor;
    this.#waitedMs = waitedMs;
  }

  /** The label offered last that is not applied yet; null when all are. */
  get waiting(): ReplayLabel | null {
    return this.#next < this.#pending.length ? (this.#pending.at(-1) ?? null) : null;
  }

  #applyDue(atMs: number, cursor: number | null): void {
    for (; this.#next < this.#pending.length; this.#next++) {
      const label = this.#pending[this.#next];
      if (label === undefined || !isDue(label, atMs, cursor)) break;
      this.#apply(label);
    }
    if (cursor === null && atMs > this.#waitedMs) this.#waitedMs = atMs;
  }

  #apply(label: ReplayLabel | undefined): void {
    if (label === undefined) return;
    this.engine.applyLabel(label);
    this.#cursor = label.sequence ?? this.#cursor;
    this.#waitedMs = Number.NEGATIVE_INFINITY;
  }
}

/** How far a replay has come in the log of labels. */
export type LabelProgress = {
  /** Sequence of the label applied last, 0 before the first. */
  readonly cursor: number;
  /**
   * The latest time of a payment without a cursor since then: the next label was not due at it. Negative infinity when
   * there was none.
   */
  readonly waitedMs: number;
};

/**
 * Whether a replay from the start would have applied the next label before the payment replayed last. Then the state
 * reached is not what a replay of the log as it is now comes to: the label was recorded for an earlier time, afterwards.
 */
export function cameTooLate({ waitedMs }: LabelProgress, next: ReplayLabel): boolean {
  return isDue(next, waitedMs, null);
}

/**
 * The feature matrix of the included payments, row-major, one row per payment in the order given and one column
 * per definition; NaN is missing.
 * @throws RangeError when labels are out of order.
 */
export function replay(
  featureSet: FeatureSet,
  events: readonly ReplayEvent[],
  labels: readonly ReplayLabel[],
  options: ReplayOptions = {},
): Float64Array {
  const include = options.include ?? (() => true);
  const wanted = Uint8Array.from(events, (event, index) => (include(event, index) ? 1 : 0));
  const replayer = new Replayer(options.engine ?? createFeatureEngine(featureSet));
  replayer.offerLabels(labels);
  const values = new Float64Array(wanted.reduce((rows, one) => rows + one, 0) * replayer.width);
  const out = { values, offset: 0 };
  for (let from = 0; from < events.length; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, events.length);
    replayer.nextRows(paymentRows(featureSet, events.slice(from, to)), wanted.subarray(from, to), out);
  }
  return values;
}

function isDue(label: ReplayLabel, atMs: number, cursor: number | null): boolean {
  if (cursor !== null && typeof label.sequence === "number") return label.sequence <= cursor;
  return label.recordedAtMs <= atMs && label.occurredAtMs < atMs;
}

function comesAfter(before: ReplayLabel, label: ReplayLabel): boolean {
  if (typeof before.sequence === "number" && typeof label.sequence === "number")
    return before.sequence > label.sequence;
  return before.recordedAtMs > label.recordedAtMs;
}
