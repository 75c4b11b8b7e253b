const SMALLEST = 2;

/**
 * Storage for many small growing lists of fixed-width cells in one Float64Array: regions hold a power of two of
 * cells, and a released region is handed to the next list of its size. Offsets count cells, not doubles.
 */
export class RegionPool {
  data: Float64Array;
  readonly stride: number;
  #used = 0;
  #free: number[][] = [];

  constructor(stride: number) {
    this.stride = stride;
    this.data = new Float64Array(64 * stride);
  }

  /** Offset of a region of `capacity` cells (a power of two, at least 2). Its content is whatever was there. */
  allocate(capacity: number): number {
    const reused = this.#free[sizeClass(capacity)]?.pop();
    if (reused !== undefined) return reused;
    const offset = this.#used;
    this.#used += capacity;
    if (this.#used * this.stride > this.data.length) this.#extend();
    return offset;
  }

  release(offset: number, capacity: number): void {
    const index = sizeClass(capacity);
    while (this.#free.length <= index) this.#free.push([]);
    this.#free[index]?.push(offset);
  }

  /** Copies `cells` cells from one place to another, overlapping or not. */
  move(from: number, to: number, cells: number): void {
    this.data.copyWithin(to * this.stride, from * this.stride, (from + cells) * this.stride);
  }

  toState(): RegionPoolState {
    return { used: this.#used, free: this.#free, data: this.data.slice(0, this.#used * this.stride) };
  }

  fromState(state: RegionPoolState): void {
    this.#used = state.used;
    this.#free = state.free.map((list) => [...list]);
    this.data = new Float64Array(Math.max(64 * this.stride, state.data.length));
    this.data.set(state.data);
  }

  #extend(): void {
    // Half as much again beyond 32 MB: doubling a large pool would waste more than it saves.
    const wanted = this.#used * this.stride;
    const grown = new Float64Array(
      Math.max(wanted, Math.ceil(this.data.length * (wanted > 1 << 22 ? 1.5 : 2))),
    );
    grown.set(this.data);
    this.data = grown;
  }
}

export type RegionPoolState = {
  readonly used: number;
  readonly free: number[][];
  readonly data: Float64Array;
};

/** The smallest region size that holds `cells`. */
export function regionCapacity(cells: number): number {
  let capacity = SMALLEST;
  while (capacity < cells) capacity *= 2;
  return capacity;
}

function sizeClass(capacity: number): number {
  return 31 - Math.clz32(capacity);
}
