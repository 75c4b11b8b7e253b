import type { Measured } from "./bench.ts";
import { Histogram, type HistogramData } from "./load/histogram.ts";
import type { LoadResult } from "./load/tally.ts";

/** Milliseconds; null where nothing was measured. */
export type Latency = {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
};

/** One round of one measurement, in figures for a person or a file. */
export type Figures = {
  /** Payments decided a second: 200s only. */
  readonly perSecond: number;
  readonly latency: Latency;
  /** Whatever was not answered with 200, by what came instead. */
  readonly errors: Readonly<Record<string, number>>;
  /** The first of each such answer, in its own words. */
  readonly samples: Readonly<Record<string, string>>;
  /** Microseconds of CPU a payment, by who spent them. */
  readonly cpuMicros: {
    readonly scoring: number | null;
    readonly postgres: number | null;
    readonly load: number | null;
  };
};

export function figuresOf({ result, cpu }: Measured): Figures {
  const { decided } = result;
  const each = (seconds: number | null): number | null =>
    seconds === null || decided === 0 ? null : (seconds / decided) * 1e6;
  return {
    perSecond: result.payments / result.seconds,
    latency: latencyOf(result.latency),
    errors: errorsOf(result),
    samples: result.samples,
    cpuMicros: { scoring: each(cpu.scoring), postgres: each(cpu.postgres), load: each(cpu.load) },
  };
}

export function latencyOf(data: HistogramData): Latency {
  const histogram = new Histogram(data);
  const milliseconds = (micros: number | null): number | null => (micros === null ? null : micros / 1000);
  const at = (q: number): number | null => milliseconds(histogram.quantile(q));
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: milliseconds(histogram.max) };
}

/** Anything but 200s, none left out. */
export function errorsOf(result: LoadResult): Record<string, number> {
  const byStatus = Object.entries(result.statuses).filter(([status]) => status !== "200");
  const others = {
    broken: result.broken,
    unanswered: result.unanswered,
    unsent: result.unsent,
    refusedItems: result.refusedItems,
  };
  return Object.fromEntries(
    [...byStatus, ...Object.entries(others)].filter(([, count]) => Number(count) > 0),
  );
}

/** Figures of several rounds, each the median of its kind; errors are added up. */
export function medianFigures(rounds: readonly Figures[]): Figures {
  const of = (read: (figures: Figures) => number | null): number | null =>
    median(rounds.flatMap((round) => read(round) ?? []));
  const errors: Record<string, number> = {};
  for (const round of rounds) {
    for (const [kind, count] of Object.entries(round.errors)) errors[kind] = (errors[kind] ?? 0) + count;
  }
  return {
    perSecond: of((f) => f.perSecond) ?? 0,
    latency: {
      p50: of((f) => f.latency.p50),
      p90: of((f) => f.latency.p90),
      p99: of((f) => f.latency.p99),
      p999: of((f) => f.latency.p999),
      max: of((f) => f.latency.max),
    },
    errors,
    samples: Object.assign({}, ...rounds.map(({ samples }) => samples)),
    cpuMicros: {
      scoring: of((f) => f.cpuMicros.scoring),
      postgres: of((f) => f.cpuMicros.postgres),
      load: of((f) => f.cpuMicros.load),
    },
  };
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
