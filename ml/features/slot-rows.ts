import { grownLength } from "./region-pool.ts";

const LINE = 8; // columns in a line of the cache

/**
 * One row of 8-byte columns per slot, shared by the tables that describe the same entity: whoever needs columns
 * reserves them before the first row is made, and all that is known of an entity lies together in memory. A column
 * holds a number of `data` or two of `ints`, which is the same memory.
 *
 * An open batch logs the columns below `logged` of every row it touches, so that `rollback` can bring them back.
 */
export class SlotRows {
  data: Float64Array<ArrayBuffer> = new Float64Array(0);
  ints = new Int32Array(0);
  width = 0;
  #logged = 0; // columns that a batch may have to bring back
  #log: Int32Array | null = null; // entries of the row's integers, then the slot
  #logEnd = 0;

  /** First of `columns` new columns. @throws Error once rows exist. */
  reserve(columns: number): number {
    if (this.data.length > 0) throw new Error("columns must be reserved before the first row");
    const column = this.width;
    this.width += columns;
    return column;
  }

  /** As `reserve`, for so many 32-bit integers. */
  reserveInts(integers: number): number {
    return this.reserve(Math.ceil(integers / 2));
  }

  /** The columns reserved so far are those that batches log. */
  endLogged(): void {
    this.#logged = this.width;
  }

  /** Makes room for slots 0 .. slots - 1; new rows are zero. */
  ensure(slots: number): void {
    if (slots * this.width <= this.data.length) return;
    const data = new Float64Array(grownLength(this.data.length, Math.max(slots, 16) * this.width));
    data.set(this.data);
    this.load(data);
  }

  /** Looks at every cache line of a row. */
  warm(slot: number): number {
    const { data, width } = this;
    let seen = 0;
    for (let at = slot * width; at < (slot + 1) * width; at += LINE) seen += data[at] as number;
    return seen;
  }

  /** Takes over rows as they were saved. */
  load(data: Float64Array<ArrayBuffer>): void {
    this.data = data;
    this.ints = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
  }

  begin(): void {
    this.#log ??= new Int32Array(1024);
    this.#logEnd = 0;
  }

  /** Logs a row before a batch changes it. */
  touch(slot: number): void {
    const words = this.#logged * 2;
    let log = this.#log;
    if (log === null || this.#logEnd + words + 1 > log.length) log = this.#extendLog(words + 1);
    const from = slot * this.width * 2;
    const to = this.#logEnd;
    for (let i = 0; i < words; i++) log[to + i] = this.ints[from + i] as number;
    log[to + words] = slot;
    this.#logEnd = to + words + 1;
  }

  /** Brings the logged rows back, the last one first, telling of each after it is as it was. */
  rollback(restored: (slot: number) => void): void {
    const words = this.#logged * 2;
    const log = this.#log;
    if (log === null) return;
    while (this.#logEnd > 0) {
      const slot = log[this.#logEnd - 1] as number;
      this.#logEnd -= words + 1;
      this.ints.set(log.subarray(this.#logEnd, this.#logEnd + words), slot * this.width * 2);
      restored(slot);
    }
  }

  #extendLog(words: number): Int32Array {
    const grown = new Int32Array(Math.max(1024, (this.#log?.length ?? 0) * 2, this.#logEnd + words));
    if (this.#log !== null) grown.set(this.#log);
    this.#log = grown;
    return grown;
  }
}
