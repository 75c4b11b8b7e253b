import { outcomes } from "#server/domain/outcome.ts";
import { type BlockColumns, FRAUD, LIVE } from "#server/services/analysis/block-columns.ts";
import { DECLINE_TO_REVIEW } from "#server/services/analysis/decided-rows.ts";

/** Rows of one day and version, as their block holds them. */
export type CohortPart = {
  readonly dayMs: number;
  readonly versionId: string;
  readonly columns: BlockColumns;
};

/** Scored rows of a week whose truth will be known with some chance, and what is known of each. */
export type CohortRows = {
  readonly scores: Float64Array;
  /** chance that the truth will be known */
  readonly chance: Float64Array;
  /** mature and known: 1 fraud, 0 legitimate; -1 for what is not known */
  readonly truth: Int8Array;
  /** 1 / propensity where a review gave the label; 0 elsewhere */
  readonly reviewWeight: Float64Array;
  readonly customers: Uint32Array;
};

export type CohortCounts = {
  readonly decided: number;
  readonly unscored: number;
  /** stopped where no stopped payment is ever let through: nobody will know what they were */
  readonly unknowable: number;
  readonly mature: number;
  /** the version that scored them had learned from them */
  readonly learned: number;
};

/** When the rows of a version's training and validation were. */
export type LearnedSpan = { readonly fromMs: number; readonly toMs: number };

const DECLINE = outcomes.indexOf("decline");
const REVIEW = outcomes.indexOf("review");

/**
 * The rows that a week's figures are made of. What becomes of a payment that was approved or reviewed is known when it
 * is mature: a dispute came, or none. A payment declined live is never known, unless exploration lets a share of such
 * payments through to review: those that came through are known and stand for 1 / propensity of all of them. Labels of
 * declined payments that came otherwise are left aside, since nobody knows the chance they had.
 */
export function cohortRows(
  parts: readonly CohortPart[],
  { matureBeforeMs, learnedOf }: { matureBeforeMs: number; learnedOf: (versionId: string) => LearnedSpan },
): { readonly rows: CohortRows; readonly counts: CohortCounts } {
  const decided = parts.reduce((sum, { columns }) => sum + columns.atMs.length, 0);
  const rows = emptyRows(decided);
  const counts = { decided, unscored: 0, unknowable: 0, mature: 0, learned: 0 };
  let at = 0;
  for (const { dayMs, versionId, columns } of parts) {
    const learned = learnedOf(versionId);
    for (let i = 0; i < columns.atMs.length; i++) {
      const score = columns.score[i] as number;
      const time = dayMs + (columns.atMs[i] as number);
      if (Number.isNaN(score)) {
        counts.unscored++;
        continue;
      }
      const chance = chanceOf(columns, i);
      if (!(chance > 0)) {
        counts.unknowable++;
        continue;
      }
      const isMature = time <= matureBeforeMs;
      const isStopped = columns.outcome[i] === DECLINE && isLive(columns, i);
      if (isMature) counts.mature++;
      if (time >= learned.fromMs && time < learned.toMs) counts.learned++;
      rows.scores[at] = score;
      rows.chance[at] = chance;
      rows.truth[at] = !isMature || isStopped ? -1 : Number(columns.label[i] === FRAUD);
      rows.reviewWeight[at] = isMature ? reviewWeight(columns, i) : 0;
      rows.customers[at] = columns.customer[i] as number;
      at++;
    }
  }
  return { rows: firstRows(rows, at), counts };
}

const isLive = ({ flags }: BlockColumns, i: number): boolean => ((flags[i] as number) & LIVE) !== 0;

function chanceOf(columns: BlockColumns, i: number): number {
  const wasStopped = columns.outcome[i] === DECLINE || columns.exploration[i] === DECLINE_TO_REVIEW;
  return wasStopped && isLive(columns, i) ? Math.min(1, columns.propensity[i] as number) : 1;
}

/** History that was decided on paper was never reviewed. */
function reviewWeight(columns: BlockColumns, i: number): number {
  const chance = columns.propensity[i] as number;
  const wasReviewed = columns.outcome[i] === REVIEW && columns.label[i] !== 0 && isLive(columns, i);
  return wasReviewed && chance > 0 ? 1 / Math.min(1, chance) : 0;
}

function emptyRows(rows: number): CohortRows {
  return {
    scores: new Float64Array(rows),
    chance: new Float64Array(rows),
    truth: new Int8Array(rows),
    reviewWeight: new Float64Array(rows),
    customers: new Uint32Array(rows),
  };
}

function firstRows(rows: CohortRows, count: number): CohortRows {
  return {
    scores: rows.scores.subarray(0, count),
    chance: rows.chance.subarray(0, count),
    truth: rows.truth.subarray(0, count),
    reviewWeight: rows.reviewWeight.subarray(0, count),
    customers: rows.customers.subarray(0, count),
  };
}
