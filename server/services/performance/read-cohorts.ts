import { z } from "zod";
import { weightedShare } from "#ml/evaluation/weighted-share.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { cbpeIntervals, type Expected } from "#ml/monitoring/cbpe-interval.ts";
import type { Database } from "#server/db/client.ts";
import { DEFAULT_MATURITY_DAYS } from "#server/domain/label.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "#server/services/policy/index.ts";
import { choosableVersions } from "./choose-version.ts";
import type { CohortCalibration } from "./cohort-calibration.ts";
import { addSums, type CohortSums, expectedOf, realisedSums, sumsAround } from "./cohort-groups.ts";
import type { CohortFacts } from "./cohort-of.ts";
import { cohortFloor, hiddenMaturity, hiddenShare, type Measured } from "./cohort-words.ts";
import { storedCohorts } from "./stored-cohorts.ts";
import { type TrackRecord, trackRecord } from "./track-record.ts";
import { ALL_VERSIONS } from "./update-cohorts.ts";

export const ReadCohortsInput = z.strictObject({
  /** a model version's id, `all` for every version as served, `auto` for the champion where it served */
  version: z.string().min(1).max(64).default("auto"),
  threshold: z.number().min(0).max(1),
  weeks: z.int().min(1).max(106).default(26),
});
export type ReadCohortsInput = z.infer<typeof ReadCohortsInput>;

/** Precision, recall and average precision of one population. */
export type Realised = Readonly<Record<"precision" | "recall" | "averagePrecision", Measured>>;
type Estimated = Readonly<Record<"precision" | "recall" | "averagePrecision", Expected>>;

export type CohortView = {
  /** its Monday, ISO date */
  readonly from: string;
  /** scored payments whose truth is known or will be */
  readonly rows: number;
  readonly maturedShare: number | null;
  readonly unknowable: number;
  readonly unscored: number;
  /** the version had learned from some of these payments, so its figures flatter */
  readonly isLearned: boolean;
  readonly knownFrauds: number;
  readonly realised: Realised;
  readonly estimated: Estimated;
  /** of the payments known by now; null under the floor of frauds */
  readonly calibration: CohortCalibration | null;
  /** counts towards the track record: wholly mature, and nothing of it was learned from */
  readonly isTracked: boolean;
};

export type CohortsView = {
  readonly threshold: number;
  readonly maturityDays: number;
  /** null: every version as served */
  readonly versionId: string | null;
  readonly floor: typeof cohortFloor;
  readonly cohorts: readonly CohortView[];
  /** all wholly mature weeks together: by what is known, and by reviewed payments alone */
  readonly pooled: {
    readonly weeks: number;
    readonly known: Pick<Realised, "precision" | "recall">;
    readonly reviewed: Pick<Realised, "precision" | "recall">;
    readonly estimated: Pick<Estimated, "precision" | "recall">;
  };
  readonly track: Readonly<Record<"precision" | "recall" | "averagePrecision", TrackRecord>>;
};

type Week = {
  readonly facts: CohortFacts;
  readonly sums: { above: CohortSums; below: CohortSums };
  readonly from: string;
};

/**
 * Precision, recall and average precision by week of payment, oldest first: realised on mature labels, weighted by
 * 1 / the chance that the truth would be known, and beside it what was to be expected before any label (CBPE), with how
 * well such estimates did on the weeks that have matured. An alert is a score at or above the threshold.
 * @throws ServiceError "forbidden"
 */
export async function readCohorts(ctx: ServiceContext, asked: ReadCohortsInput): Promise<CohortsView> {
  requirePermission(ctx.actor, "analytics:read");
  const { threshold } = asked;
  const versionId = await versionOf(ctx.db, asked.version);
  const maturityDays = (await findActivePolicy(ctx.db))?.policy.maturityDays ?? DEFAULT_MATURITY_DAYS;
  const stored = await storedCohorts(ctx.db, versionId ?? ALL_VERSIONS, asked.weeks);
  const weeks = stored.map(
    ({ from, facts, groups }): Week => ({ from, facts, sums: sumsAround(groups, threshold) }),
  );
  const cohorts = weeks.map((week) => cohortView(week, maturityDays));
  const tracked = cohorts.filter(({ isTracked }) => isTracked);
  const trackOf = (name: keyof Realised): TrackRecord =>
    trackRecord(
      tracked.map(({ estimated, realised }) => ({
        estimated: estimated[name].value,
        interval: estimated[name].interval,
        realised: realised[name].value,
      })),
    );
  return {
    threshold,
    maturityDays,
    versionId,
    floor: cohortFloor,
    cohorts,
    pooled: pooledView(weeks.filter((_, at) => cohorts[at]?.maturedShare === 1)),
    track: {
      precision: trackOf("precision"),
      recall: trackOf("recall"),
      averagePrecision: trackOf("averagePrecision"),
    },
  };
}

async function versionOf(db: Database, asked: string): Promise<string | null> {
  if (asked === ALL_VERSIONS) return null;
  if (asked !== "auto") return asked;
  const champion = (await choosableVersions(db)).find(({ status }) => status === "champion");
  if (champion === undefined) return null;
  const [newest] = await storedCohorts(db, champion.id, 1);
  return newest === undefined ? null : champion.id;
}

function cohortView({ from, facts, sums }: Week, maturityDays: number): CohortView {
  const rows = sums.above.rows + sums.below.rows;
  const maturedShare = rows === 0 ? null : facts.mature / rows;
  const knownFrauds = sums.above.frauds + sums.below.frauds;
  const hidden = hiddenMaturity(maturedShare, maturityDays);
  const shares = sharesOf(sums, "known", hidden);
  const isLearned = facts.learned > 0;
  const { precision, recall } = cbpeIntervals(expectedOf(sums.above), expectedOf(sums.below));
  return {
    from,
    rows,
    maturedShare,
    unknowable: facts.unknowable,
    unscored: facts.unscored,
    isLearned,
    knownFrauds,
    realised: {
      ...shares,
      averagePrecision: averagePrecisionOf(facts, shares.recall.effective, hidden),
    },
    estimated: { precision, recall, averagePrecision: facts.expectedAp },
    calibration: hidden === null ? facts.calibration : null,
    isTracked: maturedShare === 1 && !isLearned,
  };
}

function sharesOf(
  sums: Week["sums"],
  by: "known" | "reviewed",
  hidden: string | null,
): Pick<Realised, "precision" | "recall"> {
  const realised = realisedSums(sums, by);
  const shown = (name: "precision" | "recall"): Measured => {
    const share = weightedShare(realised[name]);
    const because = hidden ?? hiddenShare(name, share.effective);
    return because === null
      ? { ...share, hidden: null }
      : { value: null, interval: null, effective: share.effective, hidden: because };
  };
  return { precision: shown("precision"), recall: shown("recall") };
}

/** `frauds` is their effective number. */
function averagePrecisionOf({ realisedAp }: CohortFacts, frauds: number, hidden: string | null): Measured {
  const because = hidden ?? hiddenShare("recall", frauds);
  const shown: { value: number | null; interval: Interval | null } =
    because === null ? realisedAp : { value: null, interval: null };
  return { ...shown, effective: frauds, hidden: because };
}

function pooledView(weeks: readonly Week[]): CohortsView["pooled"] {
  const sums = {
    above: addSums(weeks.map((week) => week.sums.above)),
    below: addSums(weeks.map((week) => week.sums.below)),
  };
  const none = weeks.length === 0 ? "No week is wholly mature yet." : null;
  return {
    weeks: weeks.length,
    known: sharesOf(sums, "known", none),
    reviewed: sharesOf(sums, "reviewed", none),
    estimated: cbpeIntervals(expectedOf(sums.above), expectedOf(sums.below)),
  };
}
