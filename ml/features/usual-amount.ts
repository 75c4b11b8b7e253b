import type { SlotRows } from "./slot-rows.ts";

/** An amount weighs this share at least, so that the last fifty payments or so say what is usual. */
const SMALLEST_WEIGHT = 1 / 50;

// Columns of a slot: payments counted, mean and variance of ln(1 + amount).
const COUNT = 0;
const MEAN = 1;
const VARIANCE = 2;

/**
 * The usual amount of each slot on a logarithmic scale, where a few large frauds hardly move it: mean and variance of
 * ln(1 + amount), plain over the first fifty payments and exponentially weighted from then on (West 1979; Finch 2009).
 * Payments count in the order of their arrival.
 */
export class UsualAmount {
  static readonly columns = 3;
  readonly #rows: SlotRows;
  readonly #column: number;

  constructor(rows: SlotRows) {
    this.#rows = rows;
    this.#column = rows.reserve(UsualAmount.columns);
  }

  /** Writes mean and standard deviation of ln(1 + amount); NaN below one payment, and below three. */
  read(slot: number, out: Float64Array, at: number): void {
    const data = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    const count = data[base + COUNT] as number;
    out[at] = count > 0 ? (data[base + MEAN] as number) : Number.NaN;
    out[at + 1] = count >= 3 ? Math.sqrt(data[base + VARIANCE] as number) : Number.NaN;
  }

  /** Counts an amount by its ln(1 + amount). */
  add(slot: number, logAmount: number): void {
    const data = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    const count = (data[base + COUNT] as number) + 1;
    const weight = Math.max(1 / count, SMALLEST_WEIGHT);
    const difference = logAmount - (data[base + MEAN] as number);
    const variance = data[base + VARIANCE] as number;
    data[base + COUNT] = count;
    data[base + MEAN] = (data[base + MEAN] as number) + weight * difference;
    data[base + VARIANCE] = (1 - weight) * (variance + weight * difference * difference);
  }

  clear(slot: number): void {
    const base = slot * this.#rows.width + this.#column;
    this.#rows.data.fill(0, base, base + UsualAmount.columns);
  }
}
