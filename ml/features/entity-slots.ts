/** Slots of ids: a small integer per id that is known, handed out again after its id was removed. */
export class EntitySlots {
  #slots = new Map<string, number>();
  #ids: (string | null)[] = [];
  #free: number[] = [];

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
    return slot;
  }

  remove(slot: number): void {
    const id = this.#ids[slot];
    if (typeof id !== "string") return;
    this.#slots.delete(id);
    this.#ids[slot] = null;
    this.#free.push(slot);
  }

  inUse(slot: number): boolean {
    return typeof this.#ids[slot] === "string";
  }

  toState(): EntitySlotsState {
    return { ids: this.#ids, free: this.#free };
  }

  fromState(state: EntitySlotsState): void {
    this.#ids = [...state.ids];
    this.#free = [...state.free];
    this.#slots = new Map();
    this.#ids.forEach((id, slot) => {
      if (id !== null) this.#slots.set(id, slot);
    });
  }
}

export type EntitySlotsState = { readonly ids: readonly (string | null)[]; readonly free: readonly number[] };
