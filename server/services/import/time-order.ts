/** Something that happened at a time. */
type Timed = { readonly occurredAtMs: number };

/**
 * Puts a stream that is nearly in order of time in order, holding `capacity` items at most twice. What comes later
 * than that is let through as it comes and counted. Equal times keep their order.
 */
export class TimeOrder<T> {
  readonly #timeOf: (item: T) => Timed;
  readonly #capacity: number;
  #held: T[] = [];
  #lastMs = Number.NEGATIVE_INFINITY;
  #sorted = true;
  #late = 0;

  constructor(timeOf: (item: T) => Timed, capacity = 50_000) {
    this.#timeOf = timeOf;
    this.#capacity = capacity;
  }

  /** Items that left out of order: earlier than one that left before them. */
  get late(): number {
    return this.#late;
  }

  /** Takes items in, returns those that may leave. */
  push(items: readonly T[]): T[] {
    for (const item of items) {
      const before = this.#held.at(-1);
      if (before !== undefined && this.#ms(before) > this.#ms(item)) this.#sorted = false;
      this.#held.push(item);
    }
    return this.#held.length < 2 * this.#capacity ? [] : this.#release(this.#held.length - this.#capacity);
  }

  /** The rest. */
  drain(): T[] {
    return this.#release(this.#held.length);
  }

  #release(count: number): T[] {
    if (!this.#sorted) this.#held.sort((a, b) => this.#ms(a) - this.#ms(b));
    this.#sorted = true;
    const leaving = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    for (const item of leaving) {
      if (this.#ms(item) < this.#lastMs) this.#late += 1;
      else this.#lastMs = this.#ms(item);
    }
    return leaving;
  }

  #ms(item: T): number {
    return this.#timeOf(item).occurredAtMs;
  }
}
