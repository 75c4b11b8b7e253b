import type { StateReader, StateWriter } from "./saved-state.ts";
import type { SlotRows } from "./slot-rows.ts";

const FIRST_PLACES = 256; // a power of two, as every number of places

/**
 * Slots of ids: a small integer per id that is known, handed out again after its id was removed. An id is known by
 * its 64-bit fingerprint, kept in the slot's row; slots are looked for by open addressing with linear probing over
 * at least twice as many places, 8 to 16 bytes an id.
 */
export class EntitySlots {
  readonly #rows: SlotRows;
  readonly #column: number;
  #places = new Int32Array(FIRST_PLACES); // slot + 1; 0 is free
  #free: number[] = [];
  #bound = 0;
  #size = 0;

  constructor(rows: SlotRows) {
    this.#rows = rows;
    this.#column = rows.reserveInts(2);
  }

  get size(): number {
    return this.#size;
  }

  /** One more than the highest slot ever handed out. */
  get bound(): number {
    return this.#bound;
  }

  /** The slot of an id, -1 when the id is not known. */
  find(high: number, low: number): number {
    return (this.#places[this.#place(high, low)] as number) - 1;
  }

  /** Looks at where an id would be found, so that `find` need not wait for the memory. */
  warmPlace(low: number): number {
    return this.#places[low & (this.#places.length - 1)] as number;
  }

  /** Looks at the row of the id that is likely to be found there. */
  warmRow(low: number): number {
    const slot = (this.#places[low & (this.#places.length - 1)] as number) - 1;
    return slot < 0 ? 0 : this.#rows.warm(slot);
  }

  /** A slot for an id that is not known; its row is made if need be, and holds whatever was there. */
  add(high: number, low: number): number {
    if ((this.#size + 1) * 2 > this.#places.length) this.#fill(this.#places.length * 2);
    const slot = this.#free.pop() ?? this.#bound++;
    this.#rows.ensure(this.#bound);
    const base = this.#base(slot);
    this.#rows.ints[base] = high;
    this.#rows.ints[base + 1] = low;
    this.#places[this.#place(high, low)] = slot + 1;
    this.#size++;
    return slot;
  }

  /** Frees a slot in use, closing the gap so that no probe sequence breaks. */
  remove(slot: number): void {
    const mask = this.#places.length - 1;
    const base = this.#base(slot);
    let hole = this.#place(this.#rows.ints[base] as number, this.#rows.ints[base + 1] as number);
    if (this.#places[hole] !== slot + 1) return;
    for (let next = (hole + 1) & mask; this.#places[next] !== 0; next = (next + 1) & mask) {
      const mover = (this.#places[next] as number) - 1;
      const home = (this.#rows.ints[this.#base(mover) + 1] as number) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue; // its home lies behind the hole
      this.#places[hole] = mover + 1;
      hole = next;
    }
    this.#places[hole] = 0;
    this.#free.push(slot);
    this.#size--;
  }

  /** The slots in use, in ascending order: what is done to them in turn is the same after a restart. */
  used(): Int32Array {
    const free = new Uint8Array(this.#bound);
    for (const slot of this.#free) free[slot] = 1;
    const slots = new Int32Array(this.#size);
    for (let slot = 0, next = 0; slot < this.#bound; slot++) if (free[slot] === 0) slots[next++] = slot;
    return slots;
  }

  get bytes(): number {
    return this.#places.byteLength + this.#free.length * 8;
  }

  save(out: StateWriter): void {
    out.ints(Int32Array.of(this.#bound));
    out.ints(Int32Array.from(this.#free));
  }

  /** Goes on from a state; the rows must hold what they held. */
  restore(from: StateReader): void {
    this.#bound = from.ints()[0] ?? 0;
    this.#free = [...from.ints()];
    this.#size = this.#bound - this.#free.length;
    let places = FIRST_PLACES;
    while (places < this.#size * 2) places *= 2;
    this.#fill(places);
  }

  #fill(places: number): void {
    const slots = this.used();
    this.#places = new Int32Array(places);
    for (const slot of slots) {
      const base = this.#base(slot);
      const place = this.#place(this.#rows.ints[base] as number, this.#rows.ints[base + 1] as number);
      this.#places[place] = slot + 1;
    }
  }

  #base(slot: number): number {
    return (slot * this.#rows.width + this.#column) * 2;
  }

  /** Where the id is, or the free place where it would go. */
  #place(high: number, low: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    const ints = this.#rows.ints;
    const stride = this.#rows.width * 2;
    const column = this.#column * 2;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const slot = (places[place] as number) - 1;
      if (slot < 0) return place;
      const base = slot * stride + column;
      if (ints[base + 1] === low && ints[base] === high) return place;
    }
  }
}
