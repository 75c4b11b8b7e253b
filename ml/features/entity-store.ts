import { BigPayments } from "./big-payments.ts";
import { EntitySlots } from "./entity-slots.ts";
import { MaxTable } from "./max-table.ts";
import { OwnState } from "./own-state.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";
import type { LabelTally, Sighting } from "./sighting.ts";
import { SlotRows } from "./slot-rows.ts";
import { DAY_MS, type EntityPlan, HEAD, HEAD_CELLS, type Tally } from "./state-plan.ts";
import { TileFacts } from "./tile-facts.ts";
import { TileTable } from "./tile-table.ts";

type Tiled<T> = {
  readonly tally: Tally;
  readonly tileMs: number;
  readonly frameAt: number;
  readonly tiles: T;
};
type Table = Tiled<TileTable>;

/** Seconds since the last payment are told for this long. */
const LAST_MS = 30 * DAY_MS;

/**
 * All state of one entity kind: sliding sums and maxima, distinct ids, last place, usual amount and habits. What
 * payments change lies in the first columns of a slot's row, which an open batch logs, and in the pools of the tables,
 * which log for themselves; what labels change lies behind, since labels are never undone.
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
  readonly #maxima: readonly Tiled<MaxTable>[];
  readonly #own: OwnState;
  readonly #big: BigPayments | null;
  readonly #facts: TileFacts;
  readonly #undoable: readonly Undoable[];
  readonly #pooled: readonly Pooled[];
  #inBatch = false;

  constructor(plan: EntityPlan, retentionMs: number) {
    this.plan = plan;
    this.#retentionMs = retentionMs;
    this.#paidAt = this.#rows.reserve(1);
    this.#payments = this.#tablesOf("payments");
    const bigs = this.#tablesOf("bigs");
    this.#maxima = plan.tables
      .filter((t) => t.tally === "maxima")
      .map((t) => ({ ...t, tiles: new MaxTable(t.windows, this.#rows) }));
    this.#own = new OwnState(plan, this.#rows);
    this.#rows.endLogged();
    this.#labelledAt = this.#rows.reserve(1);
    this.#frauds = this.#tablesOf("frauds");
    this.#labels = this.#tablesOf("labels");
    this.#tables = [...this.#payments, ...bigs, ...this.#frauds, ...this.#labels];
    this.#big = plan.big === null ? null : new BigPayments(plan.big, this.#tables);
    this.#facts = new TileFacts(plan, this.#tables);
    const paid = [...this.#payments, ...bigs, ...this.#maxima].map((t) => t.tiles);
    this.#undoable = [...paid, ...this.#own.distinct];
    this.#pooled = [...this.#tables, ...this.#maxima].map((t): Pooled => t.tiles).concat(this.#own.distinct);
  }

  get size(): number {
    return this.#slots.size;
  }

  /** The slot of an id by its fingerprint, -1 when the id is not known. */
  find(high: number, low: number): number {
    return this.#slots.find(high, low);
  }

  /** Looks at where `find` will look for an id. */
  warmPlace(low: number): number {
    return this.#slots.warmPlace(low);
  }

  /** Looks at the row that `find` will come to. */
  warmRow(low: number): number {
    return this.#slots.warmRow(low);
  }

  /** Looks at what `load` will read of a slot, see TileTable. */
  warm(slot: number): number {
    if (slot < 0) return 0;
    let seen = this.#own.warm(slot);
    for (let i = 0; i < this.#tables.length; i++) seen += (this.#tables[i] as Table).tiles.warm(slot);
    return seen;
  }

  /** Fills the entity's part of the frame for a payment at `atMs`; slot -1 is an entity never seen. */
  load(slot: number, sighting: Sighting, frame: Float64Array): void {
    const { atMs, nowMs } = sighting;
    const at = this.plan.frameAt;
    for (let i = 0; i < HEAD_CELLS; i++) frame[at + i] = Number.NaN;
    if (slot < 0) {
      this.#loadUnknown(sighting, frame);
      return;
    }
    const paidAtMs = this.#rows.data[slot * this.#rows.width + this.#paidAt] as number;
    if (paidAtMs > nowMs - LAST_MS) frame[at + HEAD.paidAt] = paidAtMs;
    this.#own.load(slot, sighting, this.#isKnown(slot, nowMs), frame);
    this.#facts.load(slot, sighting, frame, at);
    for (let i = 0; i < this.#tables.length; i++) {
      const { tiles, tileMs, frameAt } = this.#tables[i] as Table;
      const tile = Math.floor(atMs / tileMs);
      const nowTile = nowMs === atMs ? tile : Math.floor(nowMs / tileMs);
      tiles.read(slot, tile, nowTile - tiles.longest, frame, frameAt);
    }
    for (let i = 0; i < this.#maxima.length; i++) {
      const { tiles, tileMs, frameAt } = this.#maxima[i] as Tiled<MaxTable>;
      tiles.read(slot, Math.floor(nowMs / tileMs), frame, frameAt);
    }
  }

  /** Fills the entity's part of the frame where the payment names no such entity. */
  loadAbsent(frame: Float64Array): void {
    frame.fill(Number.NaN, this.plan.frameAt, this.plan.frameAt + this.plan.frameCells);
  }

  /** Counts a payment of an id; `found` is what `find` said of it. */
  observe(high: number, low: number, found: number, sighting: Sighting): void {
    const slot = found < 0 ? this.#make(high, low) : found;
    if (this.#inBatch) this.#rows.touch(slot);
    const { atMs, settledMs, values } = sighting;
    const amountMinor = values[1] as number;
    const at = slot * this.#rows.width + this.#paidAt;
    if (!this.#isKnown(slot, sighting.nowMs)) this.#own.forget(slot);
    else if (this.#big?.isBig(slot, amountMinor, sighting) === true) this.#big.add(slot, sighting);
    this.#rows.data[at] = Math.max(this.#rows.data[at] as number, atMs);
    for (let i = 0; i < this.#payments.length; i++) {
      const { tiles, tileMs } = this.#payments[i] as Table;
      const forgotten = Math.floor(settledMs / tileMs) - tiles.longest;
      tiles.add(slot, Math.floor(atMs / tileMs), values, forgotten);
    }
    for (let i = 0; i < this.#maxima.length; i++) {
      const { tiles, tileMs } = this.#maxima[i] as Tiled<MaxTable>;
      tiles.add(slot, Math.floor(atMs / tileMs), amountMinor, Math.floor(settledMs / tileMs) - tiles.longest);
    }
    this.#own.observe(slot, sighting);
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
      for (const table of this.#pooled) table.clear(slot);
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

  /** Bytes of everything kept. */
  get bytes(): number {
    const pools = this.#pooled.reduce((total, table) => total + table.bytes, 0);
    return this.#rows.data.byteLength + this.#slots.bytes + pools;
  }

  save(out: StateWriter): void {
    out.floats(this.#rows.data.subarray(0, this.#slots.bound * this.#rows.width), true);
    this.#slots.save(out);
    for (const table of this.#pooled) table.save(out);
  }

  restore(from: StateReader): void {
    this.#rows.load(from.floats());
    this.#slots.restore(from);
    for (const table of this.#pooled) table.restore(from);
  }

  #tablesOf(tally: Tally): Table[] {
    return this.plan.tables
      .filter((t) => t.tally === tally)
      .map((t) => ({ ...t, tiles: new TileTable(t.windows, t.fields, this.#rows) }));
  }

  #loadUnknown(sighting: Sighting, frame: Float64Array): void {
    const at = this.plan.frameAt;
    frame.fill(0, at + HEAD_CELLS, at + this.plan.frameCells);
    for (const { frameAt, tiles } of this.#maxima)
      frame.fill(Number.NaN, frameAt, frameAt + tiles.windows.length);
    if (this.plan.run !== null) frame[at + HEAD.run] = 0;
    this.#own.loadUnknown(sighting, frame);
  }

  /** Whether the slot paid within retention: an older one may have been evicted already, and is told as new. */
  #isKnown(slot: number, nowMs: number): boolean {
    return (this.#rows.data[slot * this.#rows.width + this.#paidAt] as number) > nowMs - this.#retentionMs;
  }

  #make(high: number, low: number): number {
    const slot = this.#slots.add(high, low);
    const at = slot * this.#rows.width;
    this.#rows.data[at + this.#paidAt] = Number.NEGATIVE_INFINITY;
    this.#rows.data[at + this.#labelledAt] = Number.NEGATIVE_INFINITY;
    this.#own.make(slot);
    return slot;
  }

  /** A slot that is left without payments and labels goes: the batch that made it came to nothing. */
  #unmakeUnused(slot: number): void {
    const at = slot * this.#rows.width;
    if (this.#rows.data[at + this.#paidAt] !== Number.NEGATIVE_INFINITY) return;
    if (this.#rows.data[at + this.#labelledAt] === Number.NEGATIVE_INFINITY) this.#slots.remove(slot);
  }
}

/** A table of what payments change. Its columns come before `endLogged`; of its pool it logs what it overwrites. */
type Undoable = { begin(): void; commit(): void; rollback(): void };

/** A table with a pool of its own. */
type Pooled = {
  readonly bytes: number;
  clear(slot: number): void;
  save(out: StateWriter): void;
  restore(from: StateReader): void;
};
