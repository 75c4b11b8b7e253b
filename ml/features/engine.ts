import { writePaymentValues } from "./amount-sums.ts";
import { decodeSnapshot, encodeSnapshot } from "./engine-snapshot.ts";
import { FeatureProgram } from "./feature-program.ts";
import { paymentAt } from "./feature-readers.ts";
import type { FeatureSet } from "./feature-set.ts";
import { LabelLedger } from "./label-ledger.ts";
import type { LabelEvent, PaymentEvent } from "./payment-event.ts";
import { CELL, PaymentRows } from "./payment-rows.ts";
import { type MemoryUse, PaymentState } from "./payment-state.ts";
import { type SavedArray, StateReader, StateWriter } from "./saved-state.ts";
import type { LabelTally, Sighting } from "./sighting.ts";
import { DAY_MS, StatePlan } from "./state-plan.ts";

/**
 * Features of payments in arrival order, online and in replay. Rules that hold for every feature:
 * - `compute` sees what was observed before it; the payment itself counts only where its definition says so.
 * - A window covers the tiles after its left edge up to the payment's own tile. History reaches back the longest
 *   window from the newest payment observed; older payments and labels change nothing.
 * - Late payments are counted at their own time. Equal times go by arrival.
 * - A label counts from `applyLabel` on; a later one for the same transaction replaces it. A label of a payment
 *   older than the longest window, by recording time or by the newest payment, changes nothing.
 * - An id without payments for that long is evicted, which no feature can tell: "seconds since last" and the last
 *   place end there too. Pairs are remembered for 180 days.
 * Memory per id: a row of 88 (card, address) to 288 bytes (customer) of the default set, and regions that grow with its
 * payments: at the default resolution up to 128 tiles for 10 minutes and for the hour, 1,024 for 30 days and 2,048 where
 * a window ends 7 days ago, of 16 to 40 bytes each, and 32 distinct ids of 16 bytes. The busiest customer takes under
 * 100 KB and the busiest merchant under 140 KB, most ids a few hundred bytes. A pair takes 23 to 46 bytes. Ids
 * themselves are not kept, only their fingerprints.
 */
export interface FeatureEngine {
  readonly featureSet: FeatureSet;
  /** Writes `definitions.length` values at `offset`; NaN is missing. Changes nothing. */
  compute(event: PaymentEvent, out: Float64Array, offset: number): void;
  observe(event: PaymentEvent): void;
  /**
   * `compute` of a row made for this feature set; meanwhile the memory that the next rows need is fetched. Rows stay
   * as they are until observed.
   */
  computeRow(rows: PaymentRows, row: number, out: RowOutput): void;
  observeRow(rows: PaymentRows, row: number): void;
  applyLabel(label: LabelEvent): void;
  /** Customers, merchants, cards, devices and addresses that state is kept for. */
  entityCount(): number;
  /** Opens a batch: what is observed from here can be rolled back. Labels are not part of it. @throws if one is open. */
  begin(): void;
  commit(): void;
  rollback(): void;
  /** @throws Error while a batch is open. */
  snapshot(): Uint8Array;
  /** Replaces the state. @throws RangeError when the snapshot is damaged or of another feature set. */
  restore(snapshot: Uint8Array): void;
  /**
   * The state as arrays, without a copy: they hold until it changes. @throws Error while a batch is open.
   */
  save(): readonly SavedArray[];
  /**
   * Replaces the state by arrays that `save` gave to an engine of the same feature set, and owns them from then on.
   * @throws RangeError when they cannot be such; the engine is of no use then.
   */
  load(arrays: readonly SavedArray[]): void;
  /** Bytes that the state takes, room to grow included. Cheap. */
  bytes(): number;
  /** The same by what they are for. */
  memory(): readonly MemoryUse[];
}

/** Where a row's features go. */
export type RowOutput = { readonly values: Float64Array; offset: number };

/** @throws RangeError when a definition has an unknown aggregate or a window that its resolution does not divide. */
export function createFeatureEngine(featureSet: FeatureSet): FeatureEngine {
  return new MemoryFeatureEngine(featureSet);
}

const SWEEP_EVERY_MS = 7 * DAY_MS;

class MemoryFeatureEngine implements FeatureEngine {
  readonly featureSet: FeatureSet;
  readonly #plan: StatePlan;
  readonly #program: FeatureProgram;
  readonly #state: PaymentState;
  readonly #ledger: LabelLedger;
  readonly #countsLabels: boolean;
  readonly #frame: Float64Array;
  readonly #sighting: Sighting;
  #clockMs = Number.NEGATIVE_INFINITY; // newest payment observed
  #sweptAtMs = Number.NEGATIVE_INFINITY;
  #batchClockMs: number | null = null; // the clock when the open batch began
  readonly #one: PaymentRows; // the event found last
  #foundFor: PaymentEvent | null = null; // it, until anything changes
  #foundRows: PaymentRows | null = null; // the same of a row
  #foundRow = -1;
  readonly #paymentAt: number;

  constructor(featureSet: FeatureSet) {
    this.featureSet = featureSet;
    const plan = new StatePlan(featureSet);
    this.#plan = plan;
    this.#program = new FeatureProgram(featureSet.definitions, plan);
    this.#state = new PaymentState(featureSet, plan);
    this.#one = new PaymentRows(featureSet, 1);
    this.#paymentAt = paymentAt(plan);
    this.#ledger = new LabelLedger(plan.retentionMs);
    this.#countsLabels = plan.entities.some((e) => e.tables.some((t) => t.tally === "labels"));
    this.#frame = new Float64Array(this.#paymentAt + this.#one.width);
    this.#sighting = {
      atMs: 0,
      nowMs: 0,
      settledMs: Number.NEGATIVE_INFINITY,
      values: new Float64Array(4),
      logAmount: Number.NaN,
      distinctIds: new Float64Array(2),
      latitude: Number.NaN,
      longitude: Number.NaN,
    };
  }

  compute(event: PaymentEvent, out: Float64Array, offset: number): void {
    this.#find(event);
    this.#load(this.#one, 0);
    this.#program.run(this.#frame, out, offset);
  }

  observe(event: PaymentEvent): void {
    if (this.#isForgotten(event.occurredAtMs)) return;
    if (this.#foundFor !== event) this.#find(event);
    this.#observe(this.#one, 0);
  }

  computeRow(rows: PaymentRows, row: number, out: RowOutput): void {
    this.#findRow(rows, row);
    this.#load(rows, row);
    this.#program.run(this.#frame, out.values, out.offset);
  }

  observeRow(rows: PaymentRows, row: number): void {
    if (this.#isForgotten(rows.cells[row * rows.width + CELL.atMs] as number)) return;
    if (this.#foundRows !== rows || this.#foundRow !== row) this.#findRow(rows, row);
    this.#observe(rows, row);
  }

  applyLabel(label: LabelEvent): void {
    const forgottenMs = Math.max(this.#settledMs(), label.recordedAtMs) - this.#plan.retentionMs;
    if (label.occurredAtMs <= forgottenMs) return;
    this.#forget();
    const fraud = label.label === "fraud";
    const before = this.#ledger.get(label.transactionId);
    if (before?.fraud === fraud) return;
    if (before !== null || fraud || this.#countsLabels) {
      this.#ledger.set(label.transactionId, { recordedAtMs: label.recordedAtMs, fraud });
    }
    const change = Number(fraud) - Number(before?.fraud ?? false);
    const [settledMs, recordedAtMs] = [this.#settledMs(), label.recordedAtMs];
    const changeOf = (
      tally: "frauds" | "labels",
      atMs: number,
      labels: number,
      frauds: number,
    ): LabelTally => {
      return { tally, atMs, recordedAtMs, settledMs, values: Float64Array.of(labels, frauds) };
    };
    const tallies = [changeOf("labels", recordedAtMs, 1, Number(fraud))];
    if (before !== null) tallies.unshift(changeOf("labels", before.recordedAtMs, -1, -Number(before.fraud)));
    if (change !== 0) tallies.unshift(changeOf("frauds", label.occurredAtMs, change, 0));
    this.#state.count(label, tallies);
  }

  entityCount(): number {
    return this.#state.size;
  }

  begin(): void {
    if (this.#batchClockMs !== null) throw new Error("a batch is already open");
    this.#batchClockMs = this.#clockMs;
    this.#state.begin();
  }

  commit(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#batchClockMs = null;
    this.#state.commit();
    this.#sweep();
  }

  rollback(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#clockMs = this.#batchClockMs;
    this.#batchClockMs = null;
    this.#forget();
    this.#state.rollback();
  }

  snapshot(): Uint8Array {
    return encodeSnapshot(this.featureSet.version, this.save());
  }

  restore(snapshot: Uint8Array): void {
    this.load(decodeSnapshot(this.featureSet.version, snapshot));
  }

  save(): readonly SavedArray[] {
    if (this.#batchClockMs !== null) throw new Error("no snapshot while a batch is open");
    const out = new StateWriter();
    out.numbers(this.#clockMs, this.#sweptAtMs);
    this.#state.save(out);
    this.#ledger.save(out);
    return out.arrays;
  }

  load(arrays: readonly SavedArray[]): void {
    const from = new StateReader(arrays);
    const clocks = from.floats();
    this.#state.restore(from);
    this.#ledger.restore(from);
    from.end();
    this.#clockMs = clocks[0] ?? Number.NEGATIVE_INFINITY;
    this.#sweptAtMs = clocks[1] ?? Number.NEGATIVE_INFINITY;
    this.#batchClockMs = null;
    this.#forget();
  }

  memory(): readonly MemoryUse[] {
    return [...this.#state.memory(), { kind: "labels", count: this.#ledger.size, bytes: this.#ledger.bytes }];
  }

  bytes(): number {
    return this.memory().reduce((total, { bytes }) => total + bytes, 0);
  }

  /** The newest payment that no rollback can undo. */
  #settledMs(): number {
    return this.#batchClockMs ?? this.#clockMs;
  }

  #isForgotten(atMs: number): boolean {
    return atMs <= this.#clockMs - this.#plan.retentionMs;
  }

  /** Fills the frame for the payment found last, which a row holds. */
  #load(rows: PaymentRows, row: number): void {
    const frame = this.#frame;
    for (let i = 0; i < rows.width; i++)
      frame[this.#paymentAt + i] = rows.cells[row * rows.width + i] as number;
    this.#state.load(this.#sight(rows, row), frame);
  }

  #observe(rows: PaymentRows, row: number): void {
    const sighting = this.#sight(rows, row);
    writePaymentValues(rows.cells[row * rows.width + CELL.amountMinor] as number, sighting.values);
    this.#forget();
    this.#state.observe(sighting);
    this.#clockMs = sighting.nowMs;
    if (this.#batchClockMs === null) this.#sweep();
  }

  #sight({ cells, width }: PaymentRows, row: number): Sighting {
    const sighting = this.#sighting;
    const at = row * width;
    const atMs = cells[at + CELL.atMs] as number;
    sighting.atMs = atMs;
    sighting.nowMs = this.#clockMs > atMs ? this.#clockMs : atMs;
    sighting.settledMs = this.#settledMs();
    sighting.logAmount = cells[at + CELL.logAmount] as number;
    sighting.latitude = cells[at + CELL.latitude] as number;
    sighting.longitude = cells[at + CELL.longitude] as number;
    return sighting;
  }

  /** What was found holds no longer. */
  #forget(): void {
    this.#foundFor = null;
    this.#foundRows = null;
  }

  #find(event: PaymentEvent): void {
    this.#forget();
    this.#one.set(0, event);
    this.#state.find(this.#one, 0);
    this.#foundFor = event;
  }

  #findRow(rows: PaymentRows, row: number): void {
    this.#forget();
    this.#state.findAhead(rows, row);
    this.#foundRows = rows;
    this.#foundRow = row;
  }

  #sweep(): void {
    if (this.#clockMs - this.#sweptAtMs < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = this.#clockMs;
    this.#forget();
    this.#state.evict(this.#clockMs - this.#plan.retentionMs);
  }
}
