import { DistinctTable } from "./distinct-table.ts";
import { EntitySlots, type EntitySlotsState } from "./entity-slots.ts";
import { PlaceTable } from "./place-table.ts";
import type { RegionPoolState } from "./region-pool.ts";
import { SlotRows } from "./slot-rows.ts";
import { DAY_MS, type EntityPlan, type TablePlan, type Tally } from "./state-plan.ts";
import { TileTable } from "./tile-table.ts";

type Table = {
  readonly tally: Tally;
  readonly tileMs: number;
  readonly frameAt: number;
  readonly tiles: TileTable;
};

/** What a payment adds to an entity: count, sum, squares (high, low); the id to count as distinct; the place. */
export type Sighting = {
  atMs: number;
  nowMs: number;
  settledMs: number; // the newest payment that no rollback can undo: what it has left behind is never read again
  readonly values: Float64Array;
  distinctId: number; // NaN when there is none
  latitude: number;
  longitude: number;
};

/**
 * All state of one entity kind: sliding sums, distinct ids and last place. What payments change lies in the first
 * columns of a slot's row, which an open batch logs, and in the pools of the tables, which log for themselves; what
 * labels change lies behind, since labels are never undone.
 */
export class EntityStore {
  readonly plan: EntityPlan;
  readonly #retentionMs: number;
  readonly #rows = new SlotRows();
  readonly #slots = new EntitySlots(this.#rows);
  readonly #paidAt: number; // column of the newest payment's time
  readonly #labelledAt: number; // column of the newest label's recording
  readonly #tables: readonly Table[];
  readonly #payments: readonly Table[];
  readonly #frauds: readonly Table[];
  readonly #labels: readonly Table[];
  readonly #distinct: DistinctTable | null;
  readonly #place: PlaceTable | null;
  readonly #undoable: readonly Undoable[];
  #inBatch = false;

  constructor(plan: EntityPlan, retentionMs: number) {
    this.plan = plan;
    this.#retentionMs = retentionMs;
    this.#paidAt = this.#rows.reserve(1);
    this.#payments = plan.tables.filter((t) => t.tally === "payments").map((t) => this.#tableOf(t));
    this.#distinct = plan.distinct === null ? null : new DistinctTable(DAY_MS, this.#rows);
    this.#place = plan.place ? new PlaceTable(this.#rows) : null;
    this.#rows.endLogged();
    this.#labelledAt = this.#rows.reserve(1);
    this.#frauds = plan.tables.filter((t) => t.tally === "frauds").map((t) => this.#tableOf(t));
    this.#labels = plan.tables.filter((t) => t.tally === "labels").map((t) => this.#tableOf(t));
    this.#tables = [...this.#payments, ...this.#frauds, ...this.#labels];
    this.#undoable = [...this.#payments.map((t) => t.tiles), ...(this.#distinct ? [this.#distinct] : [])];
  }

  get size(): number {
    return this.#slots.size;
  }

  /** The slot of an id by its fingerprint, -1 when the id is not known. */
  find(high: number, low: number): number {
    return this.#slots.find(high, low);
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
    const paidAtMs = this.#rows.data[slot * this.#rows.width + this.#paidAt] as number;
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

  /** Counts a payment of an id; `found` is what `find` said of it. */
  observe(high: number, low: number, found: number, sighting: Sighting): void {
    const slot = found < 0 ? this.#make(high, low) : found;
    if (this.#inBatch) this.#rows.touch(slot);
    const { atMs, settledMs } = sighting;
    const at = slot * this.#rows.width + this.#paidAt;
    this.#rows.data[at] = Math.max(this.#rows.data[at] as number, atMs);
    for (let i = 0; i < this.#payments.length; i++) {
      const { tiles, tileMs } = this.#payments[i] as Table;
      const forgotten = Math.floor(settledMs / tileMs) - tiles.longest;
      tiles.add(slot, Math.floor(atMs / tileMs), sighting.values, forgotten);
    }
    if (this.#distinct !== null && !Number.isNaN(sighting.distinctId)) {
      this.#distinct.add(slot, sighting.distinctId, atMs, settledMs - this.#distinct.windowMs);
    }
    if (!Number.isNaN(sighting.latitude)) this.#place?.set(slot, sighting.latitude, sighting.longitude, atMs);
  }

  /** Adds to the sums of frauds (by the payment's time) or of labels (by recording time). Never undone. */
  label(high: number, low: number, label: LabelTally): void {
    const { tally, atMs, recordedAtMs, settledMs, values } = label;
    const tables = tally === "frauds" ? this.#frauds : this.#labels;
    if (tables.length === 0) return;
    let slot = this.#slots.find(high, low);
    if (slot < 0) slot = this.#make(high, low);
    const at = slot * this.#rows.width + this.#labelledAt;
    this.#rows.data[at] = Math.max(this.#rows.data[at] as number, recordedAtMs);
    for (const { tiles, tileMs } of tables) {
      tiles.add(slot, Math.floor(atMs / tileMs), values, Math.floor(settledMs / tileMs) - tiles.longest);
    }
  }

  /** Evicts entities without a payment or label after `atMs`. */
  evict(atMs: number): void {
    for (const slot of this.#slots.used()) {
      const at = slot * this.#rows.width;
      const idle =
        (this.#rows.data[at + this.#paidAt] as number) <= atMs &&
        (this.#rows.data[at + this.#labelledAt] as number) <= atMs;
      if (!idle) continue;
      for (const { tiles } of this.#tables) tiles.clear(slot);
      this.#clearPaid(slot);
      this.#slots.remove(slot);
    }
  }

  begin(): void {
    this.#inBatch = true;
    this.#rows.begin();
    for (const table of this.#undoable) table.begin();
  }

  commit(): void {
    this.#inBatch = false;
    for (const table of this.#undoable) table.commit();
  }

  rollback(): void {
    this.#inBatch = false;
    for (const table of this.#undoable) table.rollback();
    this.#rows.rollback((slot) => this.#unmakeUnused(slot));
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
    this.#rows.load(state.rows.slice());
    this.#slots.fromState(state.slots);
    this.#tables.forEach((table, i) => {
      const saved = state.tables[i];
      if (saved !== undefined) table.tiles.fromState(saved);
    });
    if (state.distinct !== null) this.#distinct?.fromState(state.distinct);
  }

  #tableOf(plan: TablePlan): Table {
    return { ...plan, tiles: new TileTable(plan.windows, plan.fields, this.#rows) };
  }

  #loadUnknown(sighting: Sighting, frame: Float64Array): void {
    if (this.#distinct !== null) frame[this.plan.frameAt + 1] = Number.isNaN(sighting.distinctId) ? 0 : 1;
    for (const { tiles, frameAt } of this.#tables) {
      frame.fill(0, frameAt, frameAt + tiles.windows.length * tiles.fields);
    }
  }

  #make(high: number, low: number): number {
    const slot = this.#slots.add(high, low);
    const at = slot * this.#rows.width;
    this.#rows.data[at + this.#paidAt] = Number.NEGATIVE_INFINITY;
    this.#rows.data[at + this.#labelledAt] = Number.NEGATIVE_INFINITY;
    this.#place?.clear(slot);
    return slot;
  }

  /** A slot that is left without payments and labels goes: the batch that made it came to nothing. */
  #unmakeUnused(slot: number): void {
    const at = slot * this.#rows.width;
    if (this.#rows.data[at + this.#paidAt] !== Number.NEGATIVE_INFINITY) return;
    if (this.#rows.data[at + this.#labelledAt] === Number.NEGATIVE_INFINITY) this.#slots.remove(slot);
  }

  #clearPaid(slot: number): void {
    this.#distinct?.clear(slot);
    this.#place?.clear(slot);
  }
}

/** A table of what payments change. Its columns come before `endLogged`; of its pool it logs what it overwrites. */
type Undoable = { begin(): void; commit(): void; rollback(): void };

/** What a label adds to an entity, and when. */
export type LabelTally = {
  tally: "frauds" | "labels";
  atMs: number;
  recordedAtMs: number;
  settledMs: number;
  readonly values: Float64Array;
};

export type EntityStoreState = {
  readonly slots: EntitySlotsState;
  readonly rows: Float64Array;
  readonly tables: readonly RegionPoolState[];
  readonly distinct: RegionPoolState | null;
};
