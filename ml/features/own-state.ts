import { DistinctTable } from "./distinct-table.ts";
import { HabitTable } from "./habit-table.ts";
import { haversineKm, PlaceTable } from "./place-table.ts";
import type { Sighting } from "./sighting.ts";
import type { SlotRows } from "./slot-rows.ts";
import { DAY_MS, type EntityPlan, HEAD } from "./state-plan.ts";
import { UsualAmount } from "./usual-amount.ts";

/** The last place is told for this long. */
const LAST_MS = 30 * DAY_MS;

/** What is kept of an entity besides tiles: distinct ids, last place, usual amount and habits. */
export class OwnState {
  readonly distinct: readonly DistinctTable[];
  readonly #frameAt: number;
  readonly #place: PlaceTable | null;
  readonly #usual: UsualAmount | null;
  readonly #habit: HabitTable | null;

  constructor(plan: EntityPlan, rows: SlotRows) {
    this.#frameAt = plan.frameAt;
    this.distinct = plan.distinct.map(() => new DistinctTable(DAY_MS, rows));
    this.#place = plan.place ? new PlaceTable(rows) : null;
    this.#usual = plan.usual ? new UsualAmount(rows) : null;
    this.#habit = plan.habit ? new HabitTable(rows) : null;
  }

  /** How a new slot begins; the rest is cleared by its first payment. */
  make(slot: number): void {
    this.#place?.clear(slot);
  }

  /** Forgets what is told only while the entity pays. */
  forget(slot: number): void {
    this.#usual?.clear(slot);
    this.#habit?.clear(slot);
  }

  /** Looks at what `load` will read of a slot, see TileTable. */
  warm(slot: number): number {
    let seen = 0;
    for (let i = 0; i < this.distinct.length; i++) seen += (this.distinct[i] as DistinctTable).warm(slot);
    return seen;
  }

  /** Fills the head cells; `known` is whether the entity paid within retention. */
  load(slot: number, sighting: Sighting, known: boolean, frame: Float64Array): void {
    const { nowMs, distinctIds } = sighting;
    const at = this.#frameAt;
    for (let i = 0; i < this.distinct.length; i++) {
      const table = this.distinct[i] as DistinctTable;
      frame[at + HEAD.distinct + i] = table.count(slot, distinctIds[i] as number, nowMs);
    }
    if (this.#place !== null) {
      const place = at + HEAD.place;
      this.#place.read(slot, frame, place);
      if ((frame[place + 2] as number) <= nowMs - LAST_MS) frame.fill(Number.NaN, place, place + 3);
      else writeDistance(sighting, frame, at);
    }
    if (!known) return;
    this.#usual?.read(slot, frame, at + HEAD.usual);
    this.#habit?.read(slot, sighting.atMs, frame, at + HEAD.habit);
  }

  /** The head cells of an entity never seen: the payment's own ids are those counted. */
  loadUnknown({ distinctIds }: Sighting, frame: Float64Array): void {
    for (let i = 0; i < this.distinct.length; i++) {
      frame[this.#frameAt + HEAD.distinct + i] = Number.isNaN(distinctIds[i]) ? 0 : 1;
    }
  }

  observe(slot: number, sighting: Sighting): void {
    const { atMs, settledMs, distinctIds, latitude } = sighting;
    for (let i = 0; i < this.distinct.length; i++) {
      const [id, table] = [distinctIds[i] as number, this.distinct[i] as DistinctTable];
      if (!Number.isNaN(id)) table.add(slot, id, atMs, settledMs - table.windowMs);
    }
    if (!Number.isNaN(latitude)) this.#place?.set(slot, latitude, sighting.longitude, atMs);
    this.#usual?.add(slot, sighting.logAmount);
    this.#habit?.add(slot, atMs);
  }
}

/** Kilometres from the last place, in the head cells at `at`, to the payment's. */
function writeDistance({ latitude, longitude }: Sighting, frame: Float64Array, at: number): void {
  const place = at + HEAD.place;
  const [fromLatitude, fromLongitude] = [frame[place] as number, frame[place + 1] as number];
  frame[at + HEAD.distance] = haversineKm(fromLatitude, fromLongitude, latitude, longitude);
}
