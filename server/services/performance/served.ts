import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { ScoreGroup } from "./load-groups.ts";
import { sumTallies, type Tally } from "./tally.ts";

/** Known payments by what they were and whether the policy stopped or questioned them. */
export type ServedCounts = {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly precisionInterval: Interval | null;
  readonly recallInterval: Interval | null;
};

/** How the window's payments divide: what is known, and what is not known and why. */
export type RowCounts = {
  readonly rows: number;
  readonly fraud: number;
  readonly legitimate: number;
  readonly waiting: number;
  readonly declined: number;
  readonly unscored: number;
};

/** The policy as it was served: an alert is any outcome but approve. Rates from counts, null when undefined. */
export function servedCounts(groups: readonly ScoreGroup[]): ServedCounts {
  const count = (kind: "fraud" | "legitimate", alerted: boolean): number =>
    tallyOf(groups, (group) => group.class === kind && (group.outcome !== "approve") === alerted).rows;
  return servedRates({
    tp: count("fraud", true),
    fp: count("legitimate", true),
    fn: count("fraud", false),
    tn: count("legitimate", false),
  });
}

export function servedRates(counts: Pick<ServedCounts, "tp" | "fp" | "fn" | "tn">): ServedCounts {
  const { tp, fp, fn } = counts;
  return {
    ...counts,
    precision: tp + fp === 0 ? null : tp / (tp + fp),
    recall: tp + fn === 0 ? null : tp / (tp + fn),
    precisionInterval: wilsonInterval(tp, tp + fp),
    recallInterval: wilsonInterval(tp, tp + fn),
  };
}

export function rowCounts(groups: readonly ScoreGroup[]): RowCounts {
  const of = (kind: ScoreGroup["class"]): number => tallyOf(groups, (group) => group.class === kind).rows;
  return {
    rows: tallyOf(groups, () => true).rows,
    fraud: of("fraud"),
    legitimate: of("legitimate"),
    waiting: of("waiting"),
    declined: of("declined"),
    unscored: of("unscored"),
  };
}

/** Rows and money of the groups that match. */
export function tallyOf(groups: readonly ScoreGroup[], matches: (group: ScoreGroup) => boolean): Tally {
  return sumTallies(groups.filter(matches));
}
