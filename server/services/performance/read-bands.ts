import { curveReplicates } from "#ml/evaluation/curve-replicates.ts";
import { percentileInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import { precisionAtRecallOf } from "#ml/evaluation/precision-at-recall.ts";
import type { RankedCounts } from "#ml/evaluation/ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "#ml/evaluation/ranking.ts";
import { recallAtFprOf } from "#ml/evaluation/recall-at-fpr.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Gain, gainShares } from "./gain-shares.ts";
import { knownRows } from "./known-rows.ts";
import { ladderOf, rankedCountsOf } from "./ladder.ts";
import { loadGroups } from "./load-groups.ts";
import { operatingPoints } from "./operating-points.ts";
import { type RankingView, shownThresholds } from "./read-performance.ts";
import { resolveWindow } from "./resolve-window.ts";

/** Intervals at one shown threshold: of the precision at its recall, and of the recall at its false-positive rate. */
export type CurveBand = {
  readonly threshold: number;
  readonly precision: Interval | null;
  readonly recall: Interval | null;
};

export type BandsView = {
  readonly replicates: number;
  readonly ranking: Readonly<Record<keyof RankingView, Interval | null>>;
  /** one per point of readPerformance, in its order */
  readonly points: readonly CurveBand[];
  readonly gains: readonly Gain[];
};

const REPLICATES = 200;
const SEED = 1;

/**
 * 95 % percentile intervals of the window's curves, of its measures of ranking and of its gains: a Poisson bootstrap
 * by customer, so that payments of one customer are never taken for independent. Null under the floor of labelled
 * frauds and when nothing was scored. Same refusals as readPerformance.
 */
export async function readBands(ctx: ServiceContext, asked: AnalysisWindow): Promise<BandsView | null> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return null;
  const rows = await readRows(ctx.db, window);
  const known = knownRows(rows, classifyRows(rows, window));
  if (known.labels.reduce((sum, label) => sum + label, 0) < MIN_LABELLED_FRAUDS) return null;
  const keep = shownThresholds(window);
  const rungs = ladderOf(await loadGroups(ctx.db, window, keep), null);
  const drawn = curveReplicates(known, { seed: SEED, replicates: REPLICATES });
  const intervalOf = (measure: (counts: RankedCounts) => number | null): Interval | null =>
    percentileInterval(drawn.map(measure));
  return {
    replicates: REPLICATES,
    ranking: {
      averagePrecision: intervalOf(averagePrecisionOf),
      rocAuc: intervalOf(rocAucOf),
      recallAtFpr001: intervalOf((counts) => recallAtFprOf(counts, 0.001)),
      recallAtFpr01: intervalOf((counts) => recallAtFprOf(counts, 0.01)),
    },
    points: operatingPoints(rungs, rungs, keep).map(({ threshold, recall, fpr }) => ({
      threshold,
      precision: recall === null ? null : intervalOf((counts) => precisionAtRecallOf(counts, recall)),
      recall: fpr === null ? null : intervalOf((counts) => recallAtFprOf(counts, fpr)),
    })),
    gains: gainShares(rankedCountsOf(rungs), drawn),
  };
}
