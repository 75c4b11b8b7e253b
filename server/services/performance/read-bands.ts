import { createHash } from "node:crypto";
import { curveReplicates } from "#ml/evaluation/curve-replicates.ts";
import { percentileInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import { precisionAtRecallOf } from "#ml/evaluation/precision-at-recall.ts";
import type { RankedCounts } from "#ml/evaluation/ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "#ml/evaluation/ranking.ts";
import { recallAtFprOf } from "#ml/evaluation/recall-at-fpr.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import type { Database } from "#server/db/client.ts";
import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { BytesCache } from "#server/services/analysis/bytes-cache.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Gain, gainShares } from "./gain-shares.ts";
import { type KnownRows, knownRows } from "./known-rows.ts";
import { ladderOf, rankedCountsOf } from "./ladder.ts";
import { loadGroups, type ScoreGroup } from "./load-groups.ts";
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
  const classes = classifyRows(rows, window);
  const keep = shownThresholds(window);
  const key = `${rows.key} ${digestOf(classes)} ${keep.join(" ")}`;
  const cache = cacheFor(ctx.db);
  const held = cache.get(key);
  if (held !== null) return held;
  const known = knownRows(rows, classes);
  if (known.labels.reduce((sum, label) => sum + label, 0) < MIN_LABELLED_FRAUDS) return null;
  const view = bandsOf(known, await loadGroups(ctx.db, window, keep), keep);
  cache.set(key, view, view.points.length * POINT_BYTES + key.length);
  return view;
}

const CACHE_BYTES = 8 * 2 ** 20;
const POINT_BYTES = 400;
const cachesOf = new WeakMap<Database, BytesCache<BandsView>>();

/** Drawing is by far the most of the work, and the same for the same rows: what was drawn last is kept. */
function cacheFor(db: Database): BytesCache<BandsView> {
  const known = cachesOf.get(db) ?? new BytesCache<BandsView>(CACHE_BYTES);
  cachesOf.set(db, known);
  return known;
}

/** As payments come of age their classes change without a change of the rows. */
function digestOf(classes: Uint8Array): string {
  return createHash("sha256").update(classes).digest("base64");
}

function bandsOf(known: KnownRows, groups: readonly ScoreGroup[], keep: readonly number[]): BandsView {
  const rungs = ladderOf(groups, null);
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
