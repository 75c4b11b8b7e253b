import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";

/** What was estimated of a week before its labels, and what came true. */
export type Tracked = {
  readonly estimated: number | null;
  readonly interval: Interval | null;
  readonly realised: number | null;
};

export type TrackRecord = {
  /** weeks with both */
  readonly weeks: number;
  /** mean distance of estimate and truth */
  readonly meanAbsoluteError: number | null;
  /** mean of estimate minus truth: above 0 where estimates promise too much */
  readonly bias: number | null;
  /** weeks whose truth lay inside the 95 % interval of the estimate */
  readonly covered: number;
  readonly coverage: number | null;
  readonly coverageInterval: Interval | null;
};

/** How well estimates before labels did. Null figures without a week that has both. */
export function trackRecord(all: readonly Tracked[]): TrackRecord {
  const both = all.flatMap(({ estimated, interval, realised }) =>
    estimated === null || interval === null || realised === null ? [] : { estimated, interval, realised },
  );
  const weeks = both.length;
  const mean = (of: (one: (typeof both)[number]) => number): number | null =>
    weeks === 0 ? null : both.reduce((sum, one) => sum + of(one), 0) / weeks;
  const covered = both.filter(
    ({ interval, realised }) => realised >= interval.lower && realised <= interval.upper,
  ).length;
  return {
    weeks,
    meanAbsoluteError: mean(({ estimated, realised }) => Math.abs(estimated - realised)),
    bias: mean(({ estimated, realised }) => estimated - realised),
    covered,
    coverage: weeks === 0 ? null : covered / weeks,
    coverageInterval: wilsonInterval(covered, weeks),
  };
}
