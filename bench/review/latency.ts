/** How long each of the calls of one kind took. */
export class Latency {
  readonly name: string;
  readonly #ms: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get calls(): number {
    return this.#ms.length;
  }

  /** Runs and measures. */
  async measure<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const result = await work();
    this.#ms.push(performance.now() - startedMs);
    return result;
  }

  /** Milliseconds below which the share of calls lay, nearest rank; null when there was none. */
  quantile(share: number): number | null {
    const sorted = this.#ms.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  }
}
