import { EntityStore } from "./entity-store.ts";
import type { FeatureSet } from "./feature-set.ts";
import { fingerprintNumber } from "./fingerprint.ts";
import { PairMemory } from "./pair-memory.ts";
import type { LabelEvent } from "./payment-event.ts";
import { CARD, CUSTOMER, DEVICE, IP, idFields, MERCHANT, PaymentIds } from "./payment-ids.ts";
import type { PaymentRows } from "./payment-rows.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";
import type { LabelTally, Sighting } from "./sighting.ts";
import type { StatefulEntity, StatePlan } from "./state-plan.ts";

/** An entity's store, which of a payment's ids it is kept by, and which ones it counts as distinct. */
type Keyed = { readonly store: EntityStore; readonly id: number; readonly distinct: readonly number[] };

const idOf: Readonly<Record<StatefulEntity, number>> = {
  customer: CUSTOMER,
  merchant: MERCHANT,
  card: CARD,
  device: DEVICE,
  ip: IP,
};

/**
 * The stores of all entities and the pairs, for one payment at a time: `find` says which, and `load` and `observe`
 * are of that one.
 */
export class PaymentState {
  readonly #stores: readonly Keyed[];
  readonly #pairs: PairMemory;
  readonly #pairsAt: number; // in the frame
  readonly #ids = new PaymentIds();
  readonly #found: Int32Array; // slots of the payment found last
  seen = 0; // what was looked at ahead of time: a look that leaves no trace is optimised away

  constructor(set: FeatureSet, plan: StatePlan) {
    this.#stores = plan.entities.map((entity) => ({
      store: new EntityStore(entity, plan.retentionMs),
      id: idOf[entity.entity],
      distinct: entity.distinct.map((field) => idFields.indexOf(field)),
    }));
    this.#pairs = new PairMemory(set);
    this.#pairsAt = plan.frameSize;
    this.#found = new Int32Array(this.#stores.length);
  }

  get size(): number {
    return this.#stores.reduce((total, { store }) => total + store.size, 0);
  }

  /** Finds what is kept of the payment in a row, until anything changes, and looks at the memory of it. */
  find(rows: PaymentRows, row: number): void {
    this.#findSlots(rows, row);
    let seen = this.#pairs.warm(rows, row);
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id } = this.#stores[i] as Keyed;
      if (this.#ids.present[id] !== 0) seen += store.warm(this.#found[i] as number);
    }
    this.seen = seen | 0;
  }

  /**
   * As `find`, with a look at the memory of the next three rows instead: where the third's ids are looked for, the
   * second's rows of state, and the first's cells. One depends on the other, but none on another row's, so that all
   * are waited for at once.
   */
  findAhead(rows: PaymentRows, row: number): void {
    this.#findSlots(rows, row);
    const { halves, present } = rows;
    const fields = idFields.length;
    const left = rows.length - row - 1;
    let seen = left > 1 ? this.#pairs.warm(rows, row + 2) : 0;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id } = this.#stores[i] as Keyed;
      const first = (row + 1) * fields + id;
      const second = first + fields;
      const third = second + fields;
      if (left > 2 && present[third] !== 0) seen += store.warmPlace(halves[third * 2 + 1] as number);
      if (left > 1 && present[second] !== 0) seen += store.warmRow(halves[second * 2 + 1] as number);
      if (left > 0 && present[first] !== 0) {
        const slot = store.find(halves[first * 2] as number, halves[first * 2 + 1] as number);
        seen += store.warm(slot);
      }
    }
    this.seen = seen | 0;
  }

  /** Fills the frame but for the payment's own row. */
  load(sighting: Sighting, frame: Float64Array): void {
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id, distinct } = this.#stores[i] as Keyed;
      if (this.#ids.present[id] === 0) {
        store.loadAbsent(frame);
        continue;
      }
      this.#sightDistinct(distinct, sighting);
      store.load(this.#found[i] as number, sighting, frame);
    }
    if (this.#pairs.needed) this.#pairs.load(this.#ids, sighting.nowMs, frame, this.#pairsAt);
  }

  /** Counts the payment. What was found holds no longer. */
  observe(sighting: Sighting): void {
    const { halves, present } = this.#ids;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id, distinct } = this.#stores[i] as Keyed;
      if (present[id] === 0) continue;
      this.#sightDistinct(distinct, sighting);
      const [high, low] = [halves[id * 2] as number, halves[id * 2 + 1] as number];
      store.observe(high, low, this.#found[i] as number, sighting);
    }
    if (this.#pairs.needed) this.#pairs.observe(this.#ids, sighting.atMs, sighting.settledMs);
  }

  /** Adds changes of labels to every entity that a label names. What was found holds no longer. */
  count(label: LabelEvent, tallies: Iterable<LabelTally>): void {
    this.#ids.read(label, null);
    const { halves, present } = this.#ids;
    for (const tally of tallies) {
      for (const { store, id } of this.#stores) {
        if (present[id] !== 0) store.label(halves[id * 2] as number, halves[id * 2 + 1] as number, tally);
      }
    }
  }

  /** Evicts entities without a payment or label after `atMs`. What was found holds no longer. */
  evict(atMs: number): void {
    for (const { store } of this.#stores) store.evict(atMs);
  }

  begin(): void {
    for (const { store } of this.#stores) store.begin();
    this.#pairs.begin();
  }

  commit(): void {
    for (const { store } of this.#stores) store.commit();
    this.#pairs.commit();
  }

  rollback(): void {
    for (const { store } of this.#stores) store.rollback();
    this.#pairs.rollback();
  }

  save(out: StateWriter): void {
    for (const { store } of this.#stores) store.save(out);
    this.#pairs.save(out);
  }

  restore(from: StateReader): void {
    for (const { store } of this.#stores) store.restore(from);
    this.#pairs.restore(from);
  }

  /** What each kind of entity takes, and the pairs. */
  memory(): MemoryUse[] {
    const stores = this.#stores.map(({ store }) => ({
      kind: store.plan.entity,
      count: store.size,
      bytes: store.bytes,
    }));
    return [...stores, { kind: "pairs", count: this.#pairs.size, bytes: this.#pairs.bytes }];
  }

  #findSlots(rows: PaymentRows, row: number): void {
    this.#ids.take(rows, row);
    const { halves, present } = this.#ids;
    for (let i = 0; i < this.#stores.length; i++) {
      const { store, id } = this.#stores[i] as Keyed;
      if (present[id] === 0) continue;
      this.#found[i] = store.find(halves[id * 2] as number, halves[id * 2 + 1] as number);
    }
  }

  #sightDistinct(fields: readonly number[], { distinctIds }: Sighting): void {
    const { halves, present } = this.#ids;
    for (let i = 0; i < fields.length; i++) {
      const id = fields[i] as number;
      const number = fingerprintNumber(halves[id * 2] as number, halves[id * 2 + 1] as number);
      distinctIds[i] = present[id] === 0 ? Number.NaN : number;
    }
  }
}

/** What state of one kind takes. */
export type MemoryUse = {
  readonly kind: StatefulEntity | "pairs" | "labels";
  readonly count: number;
  readonly bytes: number;
};
