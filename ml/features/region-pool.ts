import type { StateReader, StateWriter } from "./saved-state.ts";

const SMALLEST = 2;
const OFFSET_BYTES = 8;

/**
 * Storage for many small growing lists of fixed-width cells in one Float64Array: regions hold a power of two of
 * cells, and a released region is handed to the next list of its size. Offsets count cells, not doubles.
 *
 * While a batch is open no region is handed out twice, and who overwrites cells that were there before calls
 * `touch` first; then `rollback` brings back what every region held that was in use when the batch began.
 */
export class RegionPool {
  data: Float64Array<ArrayBuffer>;
  readonly stride: number;
  inBatch = false;
  #used = 0;
  #free: number[][] = [];
  readonly #allocated: number[] = []; // of the open batch: offset, capacity
  readonly #released: number[] = [];
  readonly #touched: number[] = []; // cells as they were, then their offset

  constructor(stride: number) {
    this.stride = stride;
    this.data = new Float64Array(64 * stride);
  }

  /** Offset of a region of `capacity` cells (a power of two, at least 2). Its content is whatever was there. */
  allocate(capacity: number): number {
    let offset = this.#free[sizeClass(capacity)]?.pop();
    if (offset === undefined) {
      offset = this.#used;
      this.#used += capacity;
      if (this.#used * this.stride > this.data.length) this.#extend();
    }
    if (this.inBatch) this.#allocated.push(offset, capacity);
    return offset;
  }

  release(offset: number, capacity: number): void {
    if (this.inBatch) {
      this.#released.push(offset, capacity);
      return;
    }
    const index = sizeClass(capacity);
    while (this.#free.length <= index) this.#free.push([]);
    this.#free[index]?.push(offset);
  }

  /** Logs cells that are about to be overwritten, if a batch is open. */
  touch(offset: number, cells: number): void {
    if (!this.inBatch) return;
    for (let cell = offset; cell < offset + cells; cell++) {
      const at = cell * this.stride;
      for (let i = 0; i < this.stride; i++) this.#touched.push(this.data[at + i] as number);
      this.#touched.push(cell);
    }
  }

  begin(): void {
    this.inBatch = true;
  }

  commit(): void {
    this.inBatch = false;
    this.#allocated.length = 0;
    this.#touched.length = 0;
    this.#releaseAll(this.#released);
  }

  rollback(): void {
    this.inBatch = false;
    this.#released.length = 0;
    for (let end = this.#touched.length; end > 0; end -= this.stride + 1) {
      const at = (this.#touched[end - 1] as number) * this.stride;
      const from = end - 1 - this.stride;
      for (let i = 0; i < this.stride; i++) this.data[at + i] = this.#touched[from + i] as number;
    }
    this.#touched.length = 0;
    this.#releaseAll(this.#allocated);
  }

  /** Bytes held, those not in use included. */
  get bytes(): number {
    return this.data.byteLength + this.#free.reduce((total, list) => total + list.length * OFFSET_BYTES, 0);
  }

  save(out: StateWriter): void {
    out.ints(Int32Array.from([this.#used, ...this.#free.map((list) => list.length)]));
    for (const list of this.#free) out.ints(Int32Array.from(list));
    out.floats(this.data.subarray(0, this.#used * this.stride), true);
  }

  restore(from: StateReader): void {
    const [used = 0, ...lengths] = from.ints();
    this.#used = used;
    this.#free = lengths.map(() => [...from.ints()]);
    this.data = from.floats();
  }

  #releaseAll(regions: number[]): void {
    for (let i = 0; i < regions.length; i += 2) this.release(regions[i] as number, regions[i + 1] as number);
    regions.length = 0;
  }

  #extend(): void {
    const grown = new Float64Array(grownLength(this.data.length, this.#used * this.stride));
    grown.set(this.data);
    this.data = grown;
  }
}

/** Numbers beyond which an array grows by a quarter: what large ones hold in reserve is memory that nothing else has. */
const LARGE = 1 << 20;

/** How long an array of numbers becomes that must hold `wanted`. */
export function grownLength(length: number, wanted: number): number {
  return Math.max(wanted, Math.ceil(length * (wanted > LARGE ? 1.25 : 2)));
}

/** The smallest region size that holds `cells`. */
export function regionCapacity(cells: number): number {
  let capacity = SMALLEST;
  while (capacity < cells) capacity *= 2;
  return capacity;
}

function sizeClass(capacity: number): number {
  return 31 - Math.clz32(capacity);
}
