import { writePaymentValues } from "./amount-sums.ts";
import { decodeSnapshot, type EngineState, encodeSnapshot } from "./engine-snapshot.ts";
import { EntityStore, type Sighting } from "./entity-store.ts";
import { pairKinds, type Reader, readerOf } from "./feature-readers.ts";
import type { FeatureSet } from "./feature-set.ts";
import { type Fingerprint, fingerprint, fingerprintNumber } from "./fingerprint.ts";
import { LabelLedger } from "./label-ledger.ts";
import { PairMemory, type PaymentIds } from "./pair-memory.ts";
import type { LabelEvent, PaymentEvent } from "./payment-event.ts";
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
 * Memory per id: at most 60 tiles of 10 minutes, 60 of the hour and 720 of the longer windows, 8 to 40 bytes each,
 * 32 distinct ids of 16 bytes; a few hundred bytes in practice. A pair takes 23 to 46 bytes.
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
  readonly #stores: readonly EntityStore[];
  readonly #pairs: PairMemory;
  readonly #ledger: LabelLedger;
  readonly #countsLabels: boolean;
  readonly #frame: Float64Array;
  readonly #sighting: Sighting;
  readonly #labelValues = new Float64Array(2);
  #clockMs = Number.NEGATIVE_INFINITY; // newest payment observed
  #sweptAtMs = Number.NEGATIVE_INFINITY;
  #batchClockMs: number | null = null; // the clock when the open batch began
  readonly #found: Int32Array; // slots of the payment computed last, until anything changes
  #foundFor: PaymentEvent | null = null;
  #ids: PaymentIds | null = null;
  #idsOf: PaymentEvent | null = null;

  constructor(featureSet: FeatureSet) {
    this.featureSet = featureSet;
    const plan = new StatePlan(featureSet);
    this.#plan = plan;
    this.#readers = featureSet.definitions.map((definition) => readerOf(definition, plan));
    this.#stores = plan.entities.map((entity) => new EntityStore(entity, plan.retentionMs));
    this.#found = new Int32Array(this.#stores.length);
    this.#pairs = new PairMemory(featureSet);
    this.#ledger = new LabelLedger(plan.retentionMs);
    this.#countsLabels = plan.entities.some((e) => e.tables.some((t) => t.tally === "labels"));
    this.#frame = new Float64Array(plan.frameSize + pairKinds.length);
    this.#sighting = {
      atMs: 0,
      nowMs: 0,
      values: new Float64Array(4),
      distinctId: Number.NaN,
      latitude: Number.NaN,
      longitude: Number.NaN,
    };
  }

  compute(event: PaymentEvent, out: Float64Array, offset: number): void {
    const sighting = this.#sight(event);
    const stores = this.#stores;
    for (let i = 0; i < stores.length; i++) {
      const store = stores[i] as EntityStore;
      const id = entityId(event, store.plan.entity);
      if (id === null) {
        store.loadAbsent(this.#frame);
        continue;
      }
      sighting.distinctId = distinctId(event, store.plan.distinct);
      this.#found[i] = store.find(id);
      store.load(this.#found[i] as number, sighting, this.#frame);
    }
    this.#foundFor = event;
    if (this.#pairs.needed)
      this.#pairs.load(this.#idsFor(event), sighting.nowMs, this.#frame, this.#plan.frameSize);
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) {
      const value = (readers[i] as Reader)(event, this.#frame);
      out[offset + i] = Number.isNaN(value) ? Number.NaN : value; // arithmetic makes NaNs of other bits
    }
  }

  observe(event: PaymentEvent): void {
    if (event.occurredAtMs <= this.#clockMs - this.#plan.retentionMs) return;
    const sighting = this.#sight(event);
    writePaymentValues(event.amountMinor, sighting.values);
    sighting.latitude = event.longitude === null ? Number.NaN : (event.latitude ?? Number.NaN);
    sighting.longitude = event.longitude ?? Number.NaN;
    const stores = this.#stores;
    const known = this.#foundFor === event;
    this.#foundFor = null;
    for (let i = 0; i < stores.length; i++) {
      const store = stores[i] as EntityStore;
      const id = entityId(event, store.plan.entity);
      if (id === null) continue;
      sighting.distinctId = distinctId(event, store.plan.distinct);
      store.observe(id, known ? (this.#found[i] as number) : store.find(id), sighting);
    }
    if (this.#pairs.needed) this.#pairs.observe(this.#idsFor(event), event.occurredAtMs, sighting.nowMs);
    this.#clockMs = sighting.nowMs;
    this.#idsOf = null;
    if (this.#batchClockMs === null) this.#sweep();
  }

  applyLabel(label: LabelEvent): void {
    const clockMs = this.#batchClockMs ?? this.#clockMs; // an open batch may still come to nothing
    const forgottenMs = Math.max(clockMs, label.recordedAtMs) - this.#plan.retentionMs;
    if (label.occurredAtMs <= forgottenMs) return;
    this.#foundFor = null;
    const fraud = label.label === "fraud";
    const before = this.#ledger.get(label.transactionId);
    if (before?.fraud === fraud) return;
    if (before !== null || fraud || this.#countsLabels) {
      this.#ledger.set(label.transactionId, { recordedAtMs: label.recordedAtMs, fraud });
    }
    const change = Number(fraud) - Number(before?.fraud ?? false);
    for (const store of this.#stores) {
      const id = entityId(label, store.plan.entity);
      if (id === null) continue;
      if (change !== 0) this.#tally(store, id, "frauds", label.occurredAtMs, label.recordedAtMs, change, 0);
      if (before !== null) {
        this.#tally(store, id, "labels", before.recordedAtMs, label.recordedAtMs, -1, -Number(before.fraud));
      }
      this.#tally(store, id, "labels", label.recordedAtMs, label.recordedAtMs, 1, Number(fraud));
    }
  }

  entityCount(): number {
    return this.#stores.reduce((total, store) => total + store.size, 0);
  }

  begin(): void {
    if (this.#batchClockMs !== null) throw new Error("a batch is already open");
    this.#batchClockMs = this.#clockMs;
    for (const store of this.#stores) store.begin();
    this.#pairs.begin();
  }

  commit(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#batchClockMs = null;
    for (const store of this.#stores) store.commit();
    this.#pairs.commit();
    this.#sweep();
  }

  rollback(): void {
    if (this.#batchClockMs === null) throw new Error("no batch is open");
    this.#clockMs = this.#batchClockMs;
    this.#batchClockMs = null;
    this.#foundFor = null;
    for (const store of this.#stores) store.rollback();
    this.#pairs.rollback();
  }

  snapshot(): Uint8Array {
    if (this.#batchClockMs !== null) throw new Error("no snapshot while a batch is open");
    return encodeSnapshot(this.featureSet.version, {
      clockMs: this.#clockMs,
      sweptAtMs: this.#sweptAtMs,
      stores: this.#stores.map((store) => store.toState()),
      pairs: this.#pairs.toState(),
      ledger: this.#ledger.toState(),
    });
  }

  restore(snapshot: Uint8Array): void {
    const state: EngineState = decodeSnapshot(this.featureSet.version, snapshot);
    this.#clockMs = state.clockMs;
    this.#sweptAtMs = state.sweptAtMs;
    this.#stores.forEach((store, i) => {
      const saved = state.stores[i];
      if (saved !== undefined) store.fromState(saved);
    });
    this.#pairs.fromState(state.pairs);
    this.#ledger.fromState(state.ledger);
    this.#batchClockMs = null;
    this.#foundFor = null;
  }

  #sight(event: PaymentEvent): Sighting {
    this.#sighting.atMs = event.occurredAtMs;
    this.#sighting.nowMs = Math.max(this.#clockMs, event.occurredAtMs);
    return this.#sighting;
  }

  #idsFor(event: PaymentEvent): PaymentIds {
    if (this.#ids !== null && this.#idsOf === event) return this.#ids;
    this.#idsOf = event;
    this.#ids = {
      customer: fingerprint(event.customerId),
      merchant: fingerprint(event.merchantId),
      device: fingerprintOrNull(event.deviceId),
      country: fingerprintOrNull(event.country),
    };
    return this.#ids;
  }

  #tally(
    store: EntityStore,
    id: string,
    tally: "frauds" | "labels",
    atMs: number,
    recordedAtMs: number,
    first: number,
    second: number,
  ): void {
    this.#labelValues[0] = first;
    this.#labelValues[1] = second;
    store.label(id, tally, atMs, recordedAtMs, this.#labelValues);
  }

  #sweep(): void {
    if (this.#clockMs - this.#sweptAtMs < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = this.#clockMs;
    this.#foundFor = null;
    for (const store of this.#stores) store.evict(this.#clockMs - this.#plan.retentionMs);
  }
}

type EntityIds = Pick<PaymentEvent, "customerId" | "merchantId" | "cardToken" | "deviceId" | "ip">;

function entityId(ids: EntityIds, entity: StatefulEntity): string | null {
  if (entity === "customer") return ids.customerId;
  if (entity === "merchant") return ids.merchantId;
  if (entity === "card") return ids.cardToken;
  return entity === "device" ? ids.deviceId : ids.ip;
}

function distinctId(event: PaymentEvent, what: "cardToken" | "merchantId" | null): number {
  const id = what === null ? null : event[what];
  return id === null ? Number.NaN : fingerprintNumber(fingerprint(id));
}

function fingerprintOrNull(id: string | null): Fingerprint | null {
  return id === null ? null : fingerprint(id);
}
