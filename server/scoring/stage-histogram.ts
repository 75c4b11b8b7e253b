import { Histogram, type Registry } from "prom-client";

export type StageHistogramOptions<S extends string> = {
  readonly name: string;
  readonly help: string;
  /** upper bounds, ascending */
  readonly buckets: readonly number[];
  readonly stages: readonly S[];
  readonly registers: Registry[];
};

/** A line of the scrape, in the shape that prom-client's registry takes. */
type Line = {
  readonly metricName: string;
  readonly labels: { le?: number | string };
  readonly sharedLabels: { readonly stage: string };
  readonly value: number;
};

type Scrape = {
  readonly name: string;
  readonly help: string;
  readonly type: "histogram";
  readonly values: Line[];
};

/**
 * A histogram with the one label `stage` that costs a few additions per observation: counts are kept in typed arrays
 * and worded when they are scraped. Every stage is told from the start, at zero.
 */
export class StageHistogram<S extends string> extends Histogram<"stage"> {
  readonly #bounds: Float64Array;
  readonly #counts: ReadonlyMap<S, Float64Array>; // one per bucket, the last without bound
  readonly #sums: Map<S, number>;
  readonly #name: string;
  readonly #help: string;

  constructor({ name, help, buckets, stages, registers }: StageHistogramOptions<S>) {
    super({ name, help, labelNames: ["stage"], buckets: [...buckets], registers });
    this.#name = name;
    this.#help = help;
    this.#bounds = Float64Array.from(buckets);
    this.#counts = new Map(stages.map((stage) => [stage, new Float64Array(buckets.length + 1)]));
    this.#sums = new Map(stages.map((stage) => [stage, 0]));
  }

  /** Adds `times` observations of a finite value. */
  add(stage: S, value: number, times = 1): void {
    const counts = this.#counts.get(stage);
    if (counts === undefined || !Number.isFinite(value)) return;
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? 0)) bucket++;
    counts[bucket] = (counts[bucket] ?? 0) + times;
    this.#sums.set(stage, (this.#sums.get(stage) ?? 0) + value * times);
  }

  /** Observations of a stage by bucket, the last without bound; live, not a copy. */
  counts(stage: S): Float64Array {
    return this.#counts.get(stage) ?? new Float64Array(this.#bounds.length + 1);
  }

  /** What prom-client 15 reads when it writes the scrape, as text and as JSON. */
  async getForPromString(): Promise<Scrape> {
    return { name: this.#name, help: this.#help, type: "histogram", values: this.#lines() };
  }

  #lines(): Line[] {
    const lines: Line[] = [];
    for (const [stage, counts] of this.#counts) {
      const sharedLabels = { stage };
      let total = 0;
      counts.forEach((count, bucket) => {
        total += count;
        const le = this.#bounds[bucket] ?? "+Inf";
        lines.push({ metricName: `${this.#name}_bucket`, labels: { le }, sharedLabels, value: total });
      });
      const sum = this.#sums.get(stage) ?? 0;
      lines.push({ metricName: `${this.#name}_sum`, labels: {}, sharedLabels, value: sum });
      lines.push({ metricName: `${this.#name}_count`, labels: {}, sharedLabels, value: total });
    }
    return lines;
  }
}
