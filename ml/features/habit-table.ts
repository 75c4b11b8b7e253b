import { hoursOfDay, weekdayOf } from "./pay-time.ts";
import type { SlotRows } from "./slot-rows.ts";

/** Counters are halved when this many payments are counted, so that habits follow the last hundred or so. */
const MOST_PAYMENTS = 120;
/** Shares of few payments are drawn to those of an even spread as if this many payments had been seen before. */
export const HABIT_PRIOR_PAYMENTS = 5;

// Seven counters below 128 share a double (49 of its 53 bits): hours of the day in four of them, weekdays in one.
const PER_CELL = 7;
const BASE = 128;
const HOUR_CELLS = 4;
const WEEKDAY_CELL = 4;
const HOUR_TOTAL = 5;
const WEEKDAY_TOTAL = 6;
const COLUMNS = 7;
const powers = Float64Array.from({ length: PER_CELL }, (_, i) => BASE ** i);

/**
 * When each slot usually pays: counts of its payments by hour of the day and by weekday (UTC), in 56 bytes. Old
 * payments fade as counters are halved. Payments count in the order of their arrival.
 */
export class HabitTable {
  readonly #rows: SlotRows;
  readonly #column: number;

  constructor(rows: SlotRows) {
    this.#rows = rows;
    this.#column = rows.reserve(COLUMNS);
  }

  /**
   * Writes the share of earlier payments in the hour of a time or one beside it (round the clock), and that on its
   * weekday, both drawn to an even spread; NaN without a payment.
   */
  read(slot: number, atMs: number, out: Float64Array, at: number): void {
    const data = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    const hour = hoursOfDay(atMs) | 0;
    const near =
      this.#hour(base, (hour + 23) % 24) + this.#hour(base, hour) + this.#hour(base, (hour + 1) % 24);
    out[at] = drawnShare(near, data[base + HOUR_TOTAL] as number, 3 / 24);
    const same = counterOf(data[base + WEEKDAY_CELL] as number, weekdayOf(atMs));
    out[at + 1] = drawnShare(same, data[base + WEEKDAY_TOTAL] as number, 1 / 7);
  }

  add(slot: number, atMs: number): void {
    const hour = hoursOfDay(atMs) | 0;
    const data = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    if ((data[base + HOUR_TOTAL] as number) >= MOST_PAYMENTS) this.#halve(base, 0, HOUR_CELLS, HOUR_TOTAL);
    if ((data[base + WEEKDAY_TOTAL] as number) >= MOST_PAYMENTS)
      this.#halve(base, WEEKDAY_CELL, 1, WEEKDAY_TOTAL);
    const cell = base + ((hour / PER_CELL) | 0);
    data[cell] = (data[cell] as number) + (powers[hour % PER_CELL] as number);
    data[base + WEEKDAY_CELL] = (data[base + WEEKDAY_CELL] as number) + (powers[weekdayOf(atMs)] as number);
    data[base + HOUR_TOTAL] = (data[base + HOUR_TOTAL] as number) + 1;
    data[base + WEEKDAY_TOTAL] = (data[base + WEEKDAY_TOTAL] as number) + 1;
  }

  clear(slot: number): void {
    const base = slot * this.#rows.width + this.#column;
    this.#rows.data.fill(0, base, base + COLUMNS);
  }

  #hour(base: number, hour: number): number {
    return counterOf(this.#rows.data[base + ((hour / PER_CELL) | 0)] as number, hour % PER_CELL);
  }

  /** Halves every counter of some cells, rounding down, and adds up what is left. */
  #halve(base: number, first: number, cells: number, total: number): void {
    const data = this.#rows.data;
    let sum = 0;
    for (let cell = base + first; cell < base + first + cells; cell++) {
      let halved = 0;
      for (let i = 0; i < PER_CELL; i++) {
        const count = Math.floor(counterOf(data[cell] as number, i) / 2);
        halved += count * (powers[i] as number);
        sum += count;
      }
      data[cell] = halved;
    }
    data[base + total] = sum;
  }
}

function counterOf(cell: number, index: number): number {
  const shifted = Math.floor(cell / (powers[index] as number));
  return shifted - Math.floor(shifted / BASE) * BASE; // as % on doubles, which is a call
}

function drawnShare(count: number, total: number, even: number): number {
  if (!(total > 0)) return Number.NaN;
  return (count + HABIT_PRIOR_PAYMENTS * even) / (total + HABIT_PRIOR_PAYMENTS);
}
