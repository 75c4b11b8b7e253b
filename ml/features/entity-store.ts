import { DistinctTable, type DistinctTableState } from "./distinct-table.ts";
import { EntitySlots, type EntitySlotsState } from "./entity-slots.ts";
import { PlaceTable } from "./place-table.ts";
import { DAY_MS, type EntityPlan, type Tally } from "./state-plan.ts";
import { type TileCapture, TileTable, type TileTableState } from "./tile-table.ts";

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

/** All state of one entity kind: sliding sums, distinct ids, last place, and the undo log of an open batch. */
export class EntityStore {
  readonly plan: EntityPlan;
  readonly #retentionMs: number;
  readonly #slots = new EntitySlots();
  readonly #tables: readonly Table[];
  readonly #payments: readonly Table[];
  readonly #distinct: DistinctTable | null;
  readonly #place: PlaceTable | null;
  #undo: Map<number, Saved | null> | null = null; // null: the slot was made in this batch

  constructor(plan: EntityPlan, retentionMs: number) {
    this.plan = plan;
    this.#retentionMs = retentionMs;
    this.#tables = plan.tables.map((t) => ({ ...t, tiles: new TileTable(t.windows, t.fields) }));
    this.#payments = this.#tables.filter((t) => t.tally === "payments");
    this.#distinct = plan.distinct === null ? null : new DistinctTable(DAY_MS);
    this.#place = plan.place ? new PlaceTable() : null;
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
    frame.fill(Number.NaN, at, at + 5);
    const paidAtMs = slot < 0 ? Number.NEGATIVE_INFINITY : this.#slots.paidAtMs(slot);
    if (paidAtMs > nowMs - this.#retentionMs) frame[at] = paidAtMs;
    if (this.#distinct !== null) {
      frame[at + 1] =
        slot < 0
          ? Number.isNaN(sighting.distinctId)
            ? 0
            : 1
          : this.#distinct.count(slot, sighting.distinctId, nowMs);
    }
    if (this.#place !== null && slot >= 0) {
      this.#place.read(slot, frame, at + 2);
      if ((frame[at + 4] as number) <= nowMs - this.#retentionMs) frame.fill(Number.NaN, at + 2, at + 5);
    }
    for (const table of this.#tables) {
      const { tiles, tileMs, frameAt } = table;
      if (slot < 0) frame.fill(0, frameAt, frameAt + tiles.windows.length * tiles.fields);
      else
        tiles.read(
          slot,
          Math.floor(atMs / tileMs),
          Math.floor(nowMs / tileMs) - tiles.longest,
          frame,
          frameAt,
        );
    }
  }

  /** Fills the entity's part of the frame where the payment names no such entity. */
  loadAbsent(frame: Float64Array): void {
    frame.fill(Number.NaN, this.plan.frameAt, this.plan.frameAt + 5);
    for (const { tiles, frameAt } of this.#tables) {
      frame.fill(Number.NaN, frameAt, frameAt + tiles.windows.length * tiles.fields);
    }
  }

  observe(id: string, sighting: Sighting): void {
    let slot = this.#slots.find(id);
    if (this.#undo !== null && !this.#undo.has(slot)) {
      if (slot >= 0) this.#undo.set(slot, this.#capture(slot));
    }
    if (slot < 0) {
      slot = this.#make(id);
      this.#undo?.set(slot, null);
    }
    const { atMs } = sighting;
    this.#slots.setPaidAtMs(slot, Math.max(this.#slots.paidAtMs(slot), atMs));
    for (const table of this.#payments)
      table.tiles.add(slot, Math.floor(atMs / table.tileMs), sighting.values);
    if (this.#distinct !== null && !Number.isNaN(sighting.distinctId)) {
      this.#distinct.add(slot, sighting.distinctId, atMs, sighting.nowMs);
    }
    if (!Number.isNaN(sighting.latitude)) this.#place?.set(slot, sighting.latitude, sighting.longitude, atMs);
  }

  /** Adds to the sums of frauds (by the payment's time) or of labels (by recording time). Never undone. */
  label(id: string, tally: Tally, atMs: number, recordedAtMs: number, values: Float64Array): void {
    const tables = this.#tables.filter((t) => t.tally === tally);
    if (tables.length === 0) return;
    let slot = this.#slots.find(id);
    if (slot < 0) slot = this.#make(id);
    this.#slots.setLabelledAtMs(slot, Math.max(this.#slots.labelledAtMs(slot), recordedAtMs));
    for (const { tiles, tileMs } of tables) tiles.add(slot, Math.floor(atMs / tileMs), values);
  }

  /** Evicts entities without a payment or label after `atMs`. */
  evict(atMs: number): void {
    for (const slot of this.#slots.idleSince(atMs)) {
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
      tables: this.#tables.map((t) => t.tiles.toState()),
      distinct: this.#distinct?.toState() ?? null,
      place: this.#place?.toState() ?? null,
    };
  }

  fromState(state: EntityStoreState): void {
    this.#slots.fromState(state.slots);
    this.#tables.forEach((table, i) => {
      const saved = state.tables[i];
      if (saved !== undefined) table.tiles.fromState(saved);
    });
    if (state.distinct !== null) this.#distinct?.fromState(state.distinct);
    if (state.place !== null) this.#place?.fromState(state.place);
  }

  #make(id: string): number {
    const slot = this.#slots.add(id);
    for (const { tiles } of this.#tables) tiles.ensure(this.#slots.bound);
    this.#distinct?.ensure(this.#slots.bound);
    this.#place?.ensure(this.#slots.bound);
    return slot;
  }

  /** A slot made in the batch goes, unless a label needs it. */
  #unmake(slot: number): void {
    for (const { tiles } of this.#payments) tiles.clear(slot);
    this.#clearPaid(slot);
    this.#slots.setPaidAtMs(slot, Number.NEGATIVE_INFINITY);
    if (this.#slots.labelledAtMs(slot) === Number.NEGATIVE_INFINITY) this.#slots.remove(slot);
  }

  #clearPaid(slot: number): void {
    this.#distinct?.clear(slot);
    this.#place?.clear(slot);
  }

  #capture(slot: number): Saved {
    return {
      paidAtMs: this.#slots.paidAtMs(slot),
      tiles: this.#payments.map((t) => t.tiles.capture(slot)),
      distinct: this.#distinct?.capture(slot) ?? new Float64Array(0),
      place: this.#place?.capture(slot) ?? new Float64Array(0),
    };
  }

  #restore(slot: number, saved: Saved): void {
    this.#slots.setPaidAtMs(slot, saved.paidAtMs);
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
  readonly tables: readonly TileTableState[];
  readonly distinct: DistinctTableState | null;
  readonly place: Float64Array | null;
};
