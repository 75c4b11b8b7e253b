/** Buckets per doubling: a value is known to within 1/128 of itself. */
const STEPS = 128;
const EXACT = 2 * STEPS; // whole numbers below are counted one by one
const DOUBLINGS = 23;

/** A histogram as it crosses a process boundary. */
export type HistogramData = {
  readonly counts: Uint32Array;
  readonly total: number;
  readonly sum: number;
  readonly max: number;
};

/**
 * Counts of whole numbers (here microseconds) in buckets whose width grows with the value, as HdrHistogram does: every
 * quantile is right to within 0.8 %, whatever the spread, in 13 KB, and recording allocates nothing. Values above
 * 2^31 fall into the last bucket; the maximum stays exact.
 */
export class Histogram {
  readonly #counts: Uint32Array;
  #total = 0;
  #sum = 0;
  #max = 0;

  constructor(data?: HistogramData) {
    this.#counts = data === undefined ? new Uint32Array(EXACT + DOUBLINGS * STEPS) : data.counts.slice();
    if (data !== undefined) [this.#total, this.#sum, this.#max] = [data.total, data.sum, data.max];
  }

  get total(): number {
    return this.#total;
  }

  get max(): number | null {
    return this.#total === 0 ? null : this.#max;
  }

  get mean(): number | null {
    return this.#total === 0 ? null : this.#sum / this.#total;
  }

  /** Negative values count as 0. */
  record(value: number): void {
    const whole = value > 0 ? Math.round(value) : 0;
    const slot = Math.min(slotOf(whole), this.#counts.length - 1);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    this.#total++;
    this.#sum += whole;
    if (whole > this.#max) this.#max = whole;
  }

  add(other: HistogramData): void {
    for (let slot = 0; slot < this.#counts.length; slot++) {
      this.#counts[slot] = (this.#counts[slot] ?? 0) + (other.counts[slot] ?? 0);
    }
    this.#total += other.total;
    this.#sum += other.sum;
    this.#max = Math.max(this.#max, other.max);
  }

  /**
   * The smallest value that at least the share `q` of all values does not exceed (nearest rank, as wrk2 tells it), up
   * to its bucket's width. Null when nothing was recorded.
   */
  quantile(q: number): number | null {
    if (this.#total === 0) return null;
    const rank = Math.max(1, Math.ceil(q * this.#total));
    if (rank >= this.#total) return this.#max;
    let seen = 0;
    for (let slot = 0; slot < this.#counts.length; slot++) {
      seen += this.#counts[slot] ?? 0;
      if (seen >= rank) return Math.min(highestOf(slot), this.#max);
    }
    return this.#max;
  }

  data(): HistogramData {
    return { counts: this.#counts.slice(), total: this.#total, sum: this.#sum, max: this.#max };
  }
}

/** The bucket of a whole number: itself while exact, then its 8 leading bits and how far they were shifted. */
function slotOf(value: number): number {
  if (value < EXACT) return value;
  if (value >= 2 ** 31) return Number.POSITIVE_INFINITY;
  const shift = 31 - Math.clz32(value) - 7;
  return EXACT + (shift - 1) * STEPS + ((value >> shift) - STEPS);
}

function highestOf(slot: number): number {
  if (slot < EXACT) return slot;
  const shift = Math.floor((slot - EXACT) / STEPS) + 1;
  const lead = ((slot - EXACT) % STEPS) + STEPS;
  return (lead + 1) * 2 ** shift - 1;
}
