/** Slots of ids: a small integer per id that is known, handed out again after its id was evicted. */
export class EntitySlots {
  #slots = new Map<string, number>();
  #ids: (string | null)[] = [];
  #free: number[] = [];
  #paidAtMs: Float64Array = new Float64Array(16); // newest payment, -Infinity before the first
  #labelledAtMs: Float64Array = new Float64Array(16); // newest label recorded, -Infinity before the first

  get size(): number {
    return this.#slots.size;
  }

  /** One more than the highest slot ever handed out. */
  get bound(): number {
    return this.#ids.length;
  }

  /** The slot of an id, -1 when the id is not known. */
  find(id: string): number {
    return this.#slots.get(id) ?? -1;
  }

  add(id: string): number {
    const slot = this.#free.pop() ?? this.#ids.length;
    this.#ids[slot] = id;
    this.#slots.set(id, slot);
    if (slot >= this.#paidAtMs.length) {
      this.#paidAtMs = grown(this.#paidAtMs);
      this.#labelledAtMs = grown(this.#labelledAtMs);
    }
    this.#paidAtMs[slot] = Number.NEGATIVE_INFINITY;
    this.#labelledAtMs[slot] = Number.NEGATIVE_INFINITY;
    return slot;
  }

  remove(slot: number): void {
    const id = this.#ids[slot];
    if (typeof id !== "string") return;
    this.#slots.delete(id);
    this.#ids[slot] = null;
    this.#free.push(slot);
  }

  paidAtMs(slot: number): number {
    return this.#paidAtMs[slot] as number;
  }

  setPaidAtMs(slot: number, atMs: number): void {
    this.#paidAtMs[slot] = atMs;
  }

  labelledAtMs(slot: number): number {
    return this.#labelledAtMs[slot] as number;
  }

  setLabelledAtMs(slot: number, atMs: number): void {
    this.#labelledAtMs[slot] = atMs;
  }

  /** Slots in use without a payment or a label after `atMs`. */
  idleSince(atMs: number): number[] {
    const idle: number[] = [];
    for (let slot = 0; slot < this.#ids.length; slot++) {
      if (this.#ids[slot] === null) continue;
      if ((this.#paidAtMs[slot] as number) <= atMs && (this.#labelledAtMs[slot] as number) <= atMs)
        idle.push(slot);
    }
    return idle;
  }

  toState(): EntitySlotsState {
    return { ids: this.#ids, free: this.#free, paidAtMs: this.#paidAtMs, labelledAtMs: this.#labelledAtMs };
  }

  fromState(state: EntitySlotsState): void {
    this.#ids = [...state.ids];
    this.#free = [...state.free];
    this.#paidAtMs = state.paidAtMs.slice();
    this.#labelledAtMs = state.labelledAtMs.slice();
    this.#slots = new Map();
    this.#ids.forEach((id, slot) => {
      if (id !== null) this.#slots.set(id, slot);
    });
  }
}

export type EntitySlotsState = {
  readonly ids: readonly (string | null)[];
  readonly free: readonly number[];
  readonly paidAtMs: Float64Array;
  readonly labelledAtMs: Float64Array;
};

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
