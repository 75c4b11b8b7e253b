import { writePaymentValues } from "./amount-sums.ts";
import { decodeSnapshot, type EngineState, encodeSnapshot } from "./engine-snapshot.ts";
import { EntityStore, type LabelTally, type Sighting } from "./entity-store.ts";
import { pairKinds, type Reader, readerOf } from "./feature-readers.ts";
import type { FeatureSet } from "./feature-set.ts";
import { fingerprintNumber } from "./fingerprint.ts";
import { LabelLedger } from "./label-ledger.ts";
import { PairMemory } from "./pair-memory.ts";
import type { LabelEvent, PaymentEvent } from "./payment-event.ts";
import { CARD, CUSTOMER, DEVICE, IP, idFields, MERCHANT, PaymentIds } from "./payment-ids.ts";
import { DAY_MS, type StatefulEntity, StatePlan } from "./state-plan.ts";

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
 * Memory per id: at the default resolution regions of at most 128 tiles for 10 minutes and for the hour and 1,024
 * for the longer windows, 16 to 40 bytes each, and 32 distinct ids of 16 bytes: under 100 KB for the busiest id, a
 * few hundred bytes for most. A pair takes 23 to 46 bytes. Ids themselves are not kept, only their fingerprints.
 */
export interface FeatureEngine {
  readonly featureSet: FeatureSet;
  /** Writes `definitions.length` values at `offset`; NaN is missing. Changes nothing. */
  compute(event: PaymentEvent, out: Float64Array, offset: number): void;
  observe(event: PaymentEvent): void;
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
}

/** @throws RangeError when a definition has an unknown aggregate or a window that its resolution does not divide. */
export function createFeatureEngine(featureSet: FeatureSet): FeatureEngine {
  return new MemoryFeatureEngine(featureSet);
}

const SWEEP_EVERY_MS = 7 * DAY_MS;

class MemoryFeatureEngine implements FeatureEngine {
  readonly featureSet: FeatureSet;
  readonly #plan: StatePlan;
  readonly #readers: readonly Reader[];
  readonly #stores: readonly Keyed[];
  readonly #pairs: PairMemory;
  readonly #ledger: LabelLedger;
  readonly #countsLabels: boolean;
  readonly #frame: Float64Array;
  readonly #sighting: Sighting;
  readonly #tally: LabelTally;
  #clockMs = Number.NEGATIVE_INFINITY; // newest payment observed
  #sweptAtMs = Number.NEGATIVE_INFINITY;
  #batchClockMs: number | null = null; // the clock when the open batch began
  readonly #found: Int32Array; // slots of the payment computed last, until anything changes
  #foundFor: PaymentEvent | null = null;
  readonly #ids = new PaymentIds();

  constructor(featureSet: FeatureSet) {
    this.featureSet = featureSet;
    const plan = new StatePlan(featureSet);
    this.#plan = plan;
    this.#readers = featureSet.definitions.map((definition) => readerOf(definition, plan));
    this.#stores = plan.entities.map((entity) => ({
      store: new EntityStore(entity, plan.retentionMs),
      id: idOf[entity.entity],
      distinct: entity.distinct.map((field) => idFields.indexOf(field)),
    }));
    this.#found = new Int32Array(this.#stores.length);
    this.#pairs = new PairMemory(featureSet);
    this.#ledger = new LabelLedger(plan.retentionMs);
    this.#countsLabels = plan.entities.some((e) => e.tables.some((t) => t.tally === "labels"));
    this.#frame = new Float64Array(plan.frameSize + pairKinds.length + 1);
    this.#sighting = {
      atMs: 0,
      nowMs: 0,
      settledMs: Number.NEGATIVE_INFINITY,
      values: new Float64Array(4),
      distinctIds: new Float64Array(2),
      latitude: Number.NaN,
      longitude: Number.NaN,
    };
    this.#tally = { tally: "frauds", atMs: 0, recordedAtMs: 0, settledMs: 0, values: new Float64Array(2) };
  }

  compute(event: PaymentEvent, out: Float64Array, offset: number): void {
    const sighting = this.#sight(event);
    this.#find(event);
    const frame = this.#frame;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id, distinct } = this.#stores[i] as Keyed;
      if (this.#ids.present[id] === 0) {
        store.loadAbsent(frame);
        continue;
      }
      this.#sightDistinct(distinct);
      store.load(this.#found[i] as number, sighting, frame);
    }
    if (this.#pairs.needed) this.#pairs.load(this.#ids, sighting.nowMs, frame, this.#plan.frameSize);
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) {
      const value = (readers[i] as Reader)(event, frame);
      out[offset + i] = Number.isNaN(value) ? Number.NaN : value; // arithmetic makes NaNs of other bits
    }
  }

  observe(event: PaymentEvent): void {
    if (event.occurredAtMs <= this.#clockMs - this.#plan.retentionMs) return;
    const sighting = this.#sight(event);
    writePaymentValues(event.amountMinor, sighting.values);
    sighting.latitude = event.longitude === null ? Number.NaN : (event.latitude ?? Number.NaN);
    sighting.longitude = event.longitude ?? Number.NaN;
    if (this.#foundFor !== event) this.#find(event);
    this.#foundFor = null;
    const { halves, present } = this.#ids;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id, distinct } = this.#stores[i] as Keyed;
      if (present[id] === 0) continue;
      this.#sightDistinct(distinct);
      const [high, low] = [halves[id * 2] as number, halves[id * 2 + 1] as number];
      store.observe(high, low, this.#found[i] as number, sighting);
    }
    if (this.#pairs.needed) this.#pairs.observe(this.#ids, event.occurredAtMs, sighting.settledMs);
    this.#clockMs = sighting.nowMs;
    if (this.#batchClockMs === null) this.#sweep();
  }

  applyLabel(label: LabelEvent): void {
    const forgottenMs = Math.max(this.#settledMs(), label.recordedAtMs) - this.#plan.retentionMs;
    if (label.occurredAtMs <= forgottenMs) return;
    this.#foundFor = null;
    const fraud = label.label === "fraud";
    const before = this.#ledger.get(label.transactionId);
    if (before?.fraud === fraud) return;
    if (before !== null || fraud || this.#countsLabels) {
      this.#ledger.set(label.transactionId, { recordedAtMs: label.recordedAtMs, fraud });
    }
    const change = Number(fraud) - Number(before?.fraud ?? false);
    this.#tally.settledMs = this.#settledMs();
    this.#tally.recordedAtMs = label.recordedAtMs;
    this.#ids.read(label, null);
    if (change !== 0) this.#count("frauds", label.occurredAtMs, change, 0);
    if (before !== null) this.#count("labels", before.recordedAtMs, -1, -Number(before.fraud));
    this.#count("labels", label.recordedAtMs, 1, Number(fraud));
  }

  entityCount(): number {
    return this.#stores.reduce((total, { store }) => total + store.size, 0);
  }

  begin(): void {
    if (this.#batchClockMs !== null) throw new Error("a batch is already open");
    this.#batchClockMs = this.#clockMs;
    for (const { store } of this.#stores) store.begin();
    this.#pairs.begin();
  }

  commit(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#batchClockMs = null;
    for (const { store } of this.#stores) store.commit();
    this.#pairs.commit();
    this.#sweep();
  }

  rollback(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#clockMs = this.#batchClockMs;
    this.#batchClockMs = null;
    this.#foundFor = null;
    for (const { store } of this.#stores) store.rollback();
    this.#pairs.rollback();
  }

  snapshot(): Uint8Array {
    if (this.#batchClockMs !== null) throw new Error("no snapshot while a batch is open");
    return encodeSnapshot(this.featureSet.version, {
      clockMs: this.#clockMs,
      sweptAtMs: this.#sweptAtMs,
      stores: this.#stores.map(({ store }) => store.toState()),
      pairs: this.#pairs.toState(),
      ledger: this.#ledger.toState(),
    });
  }

  restore(snapshot: Uint8Array): void {
    const state: EngineState = decodeSnapshot(this.featureSet.version, snapshot);
    this.#clockMs = state.clockMs;
    this.#sweptAtMs = state.sweptAtMs;
    this.#stores.forEach(({ store }, i) => {
      const saved = state.stores[i];
      if (saved !== undefined) store.fromState(saved);
    });
    this.#pairs.fromState(state.pairs);
    this.#ledger.fromState(state.ledger);
    this.#batchClockMs = null;
    this.#foundFor = null;
  }

  /** The newest payment that no rollback can undo. */
  #settledMs(): number {
    return this.#batchClockMs ?? this.#clockMs;
  }

  #sight(event: PaymentEvent): Sighting {
    this.#sighting.atMs = event.occurredAtMs;
    this.#sighting.nowMs = Math.max(this.#clockMs, event.occurredAtMs);
    this.#sighting.settledMs = this.#settledMs();
    return this.#sighting;
  }

  /** The payment's ids and where each is kept, until anything changes. */
  #find(event: PaymentEvent): void {
    const ids = this.#ids;
    ids.read(event, event.country);
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id } = this.#stores[i] as Keyed;
      if (ids.present[id] === 0) continue;
      this.#found[i] = store.find(ids.halves[id * 2] as number, ids.halves[id * 2 + 1] as number);
    }
    this.#foundFor = event;
    let seen = 0;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id } = this.#stores[i] as Keyed;
      if (ids.present[id] !== 0) seen += store.warm(this.#found[i] as number);
    }
    this.#frame[this.#frame.length - 1] = seen; // unused, but a look that leaves no trace is optimised away
  }

  #sightDistinct(fields: readonly number[]): void {
    const { halves, present } = this.#ids;
    for (let i = 0; i < fields.length; i++) {
      const id = fields[i] as number;
      const number = fingerprintNumber(halves[id * 2] as number, halves[id * 2 + 1] as number);
      this.#sighting.distinctIds[i] = present[id] === 0 ? Number.NaN : number;
    }
  }

  /** Adds a label's change to every entity it names. */
  #count(tally: "frauds" | "labels", atMs: number, labels: number, frauds: number): void {
    this.#tally.tally = tally;
    this.#tally.atMs = atMs;
    this.#tally.values[0] = labels;
    this.#tally.values[1] = frauds;
    for (const { store, id } of this.#stores) {
      if (this.#ids.present[id] === 0) continue;
      store.label(this.#ids.halves[id * 2] as number, this.#ids.halves[id * 2 + 1] as number, this.#tally);
    }
  }

  #sweep(): void {
    if (this.#clockMs - this.#sweptAtMs < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = this.#clockMs;
    this.#foundFor = null;
    for (const { store } of this.#stores) store.evict(this.#clockMs - this.#plan.retentionMs);
  }
}

/** An entity's store, which of a payment's ids it is kept by, and which one it counts as distinct (-1: none). */
type Keyed = { readonly store: EntityStore; readonly id: number; readonly distinct: readonly number[] };

const idOf: Readonly<Record<StatefulEntity, number>> = {
  customer: CUSTOMER,
  merchant: MERCHANT,
  card: CARD,
  device: DEVICE,
  ip: IP,
};
