import { DistinctTable } from "./distinct-table.ts";
import { EntitySlots, type EntitySlotsState } from "./entity-slots.ts";
import { PlaceTable } from "./place-table.ts";
import type { RegionPoolState } from "./region-pool.ts";
import { SlotRows } from "./slot-rows.ts";
import { DAY_MS, type EntityPlan, type Tally } from "./state-plan.ts";
import { type TileCapture, TileTable } from "./tile-table.ts";

type Table = {
  readonly tally: Tally;
  readonly tileMs: number;
  readonly frameAt: number;
  readonly tiles: TileTable;
};
type Saved = {
  readonly paidAtMs: number;
  readonly tiles: readonly TileCapture[];
  readonly distinct: Float64Array;
  readonly place: Float64Array;
};

/** What a payment adds to an entity: count, sum, squares (high, low); the id to count as distinct; the place. */
export type Sighting = {
  atMs: number;
  nowMs: number;
  readonly values: Float64Array;
  distinctId: number; // NaN when there is none
  latitude: number;
  longitude: number;
};

// Columns of a slot's row before those of its tables: times of the newest payment and of the newest label.
const PAID_AT = 0;
const LABELLED_AT = 1;

/** All state of one entity kind: sliding sums, distinct ids, last place, and the undo log of an open batch. */
export class EntityStore {
  readonly plan: EntityPlan;
  readonly #retentionMs: number;
  readonly #slots = new EntitySlots();
  readonly #rows = new SlotRows();
  readonly #tables: readonly Table[];
  readonly #payments: readonly Table[];
  readonly #frauds: readonly Table[];
  readonly #labels: readonly Table[];
  readonly #distinct: DistinctTable | null;
  readonly #place: PlaceTable | null;
  #undo: Map<number, Saved | null> | null = null; // null: the slot was made in this batch

  constructor(plan: EntityPlan, retentionMs: number) {
    this.plan = plan;
    this.#retentionMs = retentionMs;
    this.#rows.reserve(2);
    this.#tables = plan.tables.map((t) => ({ ...t, tiles: new TileTable(t.windows, t.fields, this.#rows) }));
    this.#payments = this.#tables.filter((t) => t.tally === "payments");
    this.#frauds = this.#tables.filter((t) => t.tally === "frauds");
    this.#labels = this.#tables.filter((t) => t.tally === "labels");
    this.#distinct = plan.distinct === null ? null : new DistinctTable(DAY_MS, this.#rows);
    this.#place = plan.place ? new PlaceTable(this.#rows) : null;
  }

  get size(): number {
    return this.#slots.size;
  }

  find(id: string): number {
    return this.#slots.find(id);
  }

  /** Fills the entity's part of the frame for a payment at `atMs`; slot -1 is an entity never seen. */
  load(slot: number, sighting: Sighting, frame: Float64Array): void {
    const { atMs, nowMs } = sighting;
    const at = this.plan.frameAt;
    for (let i = 0; i < 5; i++) frame[at + i] = Number.NaN;
    if (slot < 0) {
      this.#loadUnknown(sighting, frame);
      return;
    }
    const paidAtMs = this.#rows.data[slot * this.#rows.width + PAID_AT] as number;
    if (paidAtMs > nowMs - this.#retentionMs) frame[at] = paidAtMs;
    if (this.#distinct !== null) frame[at + 1] = this.#distinct.count(slot, sighting.distinctId, nowMs);
    if (this.#place !== null) {
      this.#place.read(slot, frame, at + 2);
      if ((frame[at + 4] as number) <= nowMs - this.#retentionMs) frame.fill(Number.NaN, at + 2, at + 5);
    }
    for (let i = 0; i < this.#tables.length; i++) {
      const { tiles, tileMs, frameAt } = this.#tables[i] as Table;
      const tile = Math.floor(atMs / tileMs);
      const nowTile = nowMs === atMs ? tile : Math.floor(nowMs / tileMs);
      tiles.read(slot, tile, nowTile - tiles.longest, frame, frameAt);
    }
  }

  /** Fills the entity's part of the frame where the payment names no such entity. */
  loadAbsent(frame: Float64Array): void {
    frame.fill(Number.NaN, this.plan.frameAt, this.plan.frameAt + 5);
    for (const { tiles, frameAt } of this.#tables) {
      frame.fill(Number.NaN, frameAt, frameAt + tiles.windows.length * tiles.fields);
    }
  }

  /** Counts a payment; `slot` is what `find` said of the id. */
  observe(id: string, found: number, sighting: Sighting): void {
    const slot = found < 0 ? this.#make(id) : found;
    if (this.#undo !== null && !this.#undo.has(slot))
      this.#undo.set(slot, found < 0 ? null : this.#capture(slot));
    const { atMs } = sighting;
    const at = slot * this.#rows.width + PAID_AT;
    this.#rows.data[at] = Math.max(this.#rows.data[at] as number, atMs);
    for (let i = 0; i < this.#payments.length; i++) {
      const { tiles, tileMs } = this.#payments[i] as Table;
      tiles.add(slot, Math.floor(atMs / tileMs), sighting.values);
    }
    if (this.#distinct !== null && !Number.isNaN(sighting.distinctId)) {
      this.#distinct.add(slot, sighting.distinctId, atMs, sighting.nowMs);
    }
    if (!Number.isNaN(sighting.latitude)) this.#place?.set(slot, sighting.latitude, sighting.longitude, atMs);
  }

  /** Adds to the sums of frauds (by the payment's time) or of labels (by recording time). Never undone. */
  label(
    id: string,
    tally: "frauds" | "labels",
    atMs: number,
    recordedAtMs: number,
    values: Float64Array,
  ): void {
    const tables = tally === "frauds" ? this.#frauds : this.#labels;
    if (tables.length === 0) return;
    let slot = this.#slots.find(id);
    if (slot < 0) slot = this.#make(id);
    const at = slot * this.#rows.width + LABELLED_AT;
    this.#rows.data[at] = Math.max(this.#rows.data[at] as number, recordedAtMs);
    for (const { tiles, tileMs } of tables) tiles.add(slot, Math.floor(atMs / tileMs), values);
  }

  /** Evicts entities without a payment or label after `atMs`. */
  evict(atMs: number): void {
    for (let slot = 0; slot < this.#slots.bound; slot++) {
      if (!this.#slots.inUse(slot)) continue;
      const at = slot * this.#rows.width;
      const idle =
        (this.#rows.data[at + PAID_AT] as number) <= atMs &&
        (this.#rows.data[at + LABELLED_AT] as number) <= atMs;
      if (!idle) continue;
      for (const { tiles } of this.#tables) tiles.clear(slot);
      this.#clearPaid(slot);
      this.#slots.remove(slot);
    }
  }

  begin(): void {
    this.#undo = new Map();
  }

  commit(): void {
    this.#undo = null;
  }

  rollback(): void {
    for (const [slot, saved] of this.#undo ?? []) {
      if (saved === null) this.#unmake(slot);
      else this.#restore(slot, saved);
    }
    this.#undo = null;
  }

  toState(): EntityStoreState {
    return {
      slots: this.#slots.toState(),
      rows: this.#rows.data.slice(0, this.#slots.bound * this.#rows.width),
      tables: this.#tables.map((t) => t.tiles.toState()),
      distinct: this.#distinct?.toState() ?? null,
    };
  }

  fromState(state: EntityStoreState): void {
    this.#slots.fromState(state.slots);
    this.#rows.data = state.rows.slice();
    this.#tables.forEach((table, i) => {
      const saved = state.tables[i];
      if (saved !== undefined) table.tiles.fromState(saved);
    });
    if (state.distinct !== null) this.#distinct?.fromState(state.distinct);
  }

  #loadUnknown(sighting: Sighting, frame: Float64Array): void {
    if (this.#distinct !== null) frame[this.plan.frameAt + 1] = Number.isNaN(sighting.distinctId) ? 0 : 1;
    for (const { tiles, frameAt } of this.#tables) {
      frame.fill(0, frameAt, frameAt + tiles.windows.length * tiles.fields);
    }
  }

  #make(id: string): number {
    const slot = this.#slots.add(id);
    this.#rows.ensure(this.#slots.bound);
    const at = slot * this.#rows.width;
    this.#rows.data[at + PAID_AT] = Number.NEGATIVE_INFINITY;
    this.#rows.data[at + LABELLED_AT] = Number.NEGATIVE_INFINITY;
    this.#place?.clear(slot);
    return slot;
  }

  /** A slot made in the batch goes, unless a label needs it. */
  #unmake(slot: number): void {
    for (const { tiles } of this.#payments) tiles.clear(slot);
    this.#clearPaid(slot);
    const at = slot * this.#rows.width;
    this.#rows.data[at + PAID_AT] = Number.NEGATIVE_INFINITY;
    if (this.#rows.data[at + LABELLED_AT] === Number.NEGATIVE_INFINITY) this.#slots.remove(slot);
  }

  #clearPaid(slot: number): void {
    this.#distinct?.clear(slot);
    this.#place?.clear(slot);
  }

  #capture(slot: number): Saved {
    return {
      paidAtMs: this.#rows.data[slot * this.#rows.width + PAID_AT] as number,
      tiles: this.#payments.map((t) => t.tiles.capture(slot)),
      distinct: this.#distinct?.capture(slot) ?? new Float64Array(0),
      place: this.#place?.capture(slot) ?? new Float64Array(0),
    };
  }

  #restore(slot: number, saved: Saved): void {
    this.#rows.data[slot * this.#rows.width + PAID_AT] = saved.paidAtMs;
    this.#payments.forEach((table, i) => {
      const tiles = saved.tiles[i];
      if (tiles !== undefined) table.tiles.restore(slot, tiles);
    });
    this.#distinct?.restore(slot, saved.distinct);
    this.#place?.restore(slot, saved.place);
  }
}

export type EntityStoreState = {
  readonly slots: EntitySlotsState;
  readonly rows: Float64Array;
  readonly tables: readonly RegionPoolState[];
  readonly distinct: RegionPoolState | null;
};
