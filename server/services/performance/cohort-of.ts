import { clusteredAveragePrecision } from "#ml/evaluation/clustered-average-precision.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { descendingOrder } from "#ml/math/order.ts";
import { cbpeAveragePrecision } from "#ml/monitoring/cbpe-average-precision.ts";
import { type CohortCalibration, cohortCalibration } from "./cohort-calibration.ts";
import { type CohortGroups, GroupCollector } from "./cohort-groups.ts";
import {
  type CohortCounts,
  type CohortPart,
  type CohortRows,
  cohortRows,
  type LearnedSpan,
} from "./cohort-rows.ts";

export type AveragePrecision = { readonly value: number | null; readonly interval: Interval | null };

/** performance_cohort.body: plain JSON. */
export type CohortFacts = CohortCounts & {
  readonly realisedAp: AveragePrecision;
  readonly expectedAp: AveragePrecision;
  /** null under the floor of frauds */
  readonly calibration: CohortCalibration | null;
  /** thresholds from here up are counted exactly, lower ones from the next step up */
  readonly exactFrom: number;
};

export type Cohort = { readonly facts: CohortFacts; readonly groups: CohortGroups };

export type CohortOptions = {
  readonly matureBeforeMs: number;
  readonly learnedOf: (versionId: string) => LearnedSpan;
};

/** Under this score, rows are counted by steps of log-odds; so are the lower ones of a week with very many scores. */
const EXACT_FROM = 0.005;
const MOST_EXACT = 3_000;
const STEPS_PER_LOG_ODD = 20;

const SEED = 1;
const MOST_REPLICATES = 200;
const LEAST_REPLICATES = 50;
const REPLICATED_ROWS = 4_000_000;

/** All that is kept of a week's payments. O(n (log n + replicates)). */
export function cohortOf(parts: readonly CohortPart[], options: CohortOptions): Cohort {
  const { rows, counts } = cohortRows(parts, options);
  const { groups, exactFrom } = groupRows(rows);
  return { facts: { ...counts, ...measures(rows), exactFrom }, groups };
}

function measures(rows: CohortRows): Pick<CohortFacts, "realisedAp" | "expectedAp" | "calibration"> {
  const known = Array.from(rows.truth.keys()).filter((row) => rows.truth[row] !== -1);
  const replicates = Math.round(
    Math.min(MOST_REPLICATES, Math.max(LEAST_REPLICATES, REPLICATED_ROWS / (rows.scores.length + 1))),
  );
  const options = { seed: SEED, replicates };
  const knownRows = {
    scores: Float64Array.from(known, (row) => rows.scores[row] as number),
    labels: Uint8Array.from(known, (row) => rows.truth[row] as number),
    customers: known.map((row) => rows.customers[row] as number),
  };
  const weights = Float64Array.from(known, (row) => 1 / (rows.chance[row] as number));
  return {
    realisedAp: clusteredAveragePrecision({ ...knownRows, weights }, options),
    expectedAp: cbpeAveragePrecision(rows.scores, { seed: SEED, draws: replicates }),
    calibration: cohortCalibration(knownRows, options),
  };
}

function groupRows(rows: CohortRows): { readonly groups: CohortGroups; readonly exactFrom: number } {
  const collector = new GroupCollector();
  let floor = Number.POSITIVE_INFINITY;
  let exactFrom = 1;
  for (const row of descendingOrder(rows.scores)) {
    const score = rows.scores[row] as number;
    if (score < floor) {
      const isExact = score >= EXACT_FROM && collector.groups < MOST_EXACT;
      floor = isExact ? score : stepUnder(score);
      if (isExact) exactFrom = score;
      collector.begin(floor);
    }
    collector.add({
      p: score,
      chance: rows.chance[row] as number,
      truth: rows.truth[row] as number,
      reviewWeight: rows.reviewWeight[row] as number,
    });
  }
  return { groups: collector.build(), exactFrom: collector.groups < MOST_EXACT ? EXACT_FROM : exactFrom };
}

/** The lower end of a score's step of log-odds. */
function stepUnder(score: number): number {
  if (!(score > 0 && score < 1)) return score;
  const step = Math.floor(Math.log(score / (1 - score)) * STEPS_PER_LOG_ODD);
  return Math.min(score, 1 / (1 + Math.exp(-step / STEPS_PER_LOG_ODD)));
}
