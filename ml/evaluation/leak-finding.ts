import type { FeatureSet } from "#ml/features/feature-set.ts";

/** Rows to look at, in event order: a training `Dataset` is one. Labels are 1, 0, or -1 where none is known. */
export type LeakSubject = {
  readonly featureSet: Pick<FeatureSet, "definitions">;
  readonly width: number;
  readonly rows: number;
  readonly features: Float64Array; // row-major, NaN where missing
  readonly labels: Int8Array;
  readonly occurredAtMs: Float64Array;
  readonly labelRecordedAtMs: Float64Array; // NaN where there is no label
};

export type LeakCode =
  | "label_in_disguise"
  | "separates_alone"
  | "identifier"
  | "label_before_payment"
  | "label_without_time"
  | "label_at_once"
  | "copied_customers";

/** Something that makes an evaluation look better than production will be. */
export type LeakFinding = {
  readonly code: LeakCode;
  readonly feature: string | null; // null: about the labels themselves
  /** What the code measures: an AUC, a share of rows, or a rank correlation with time. */
  readonly statistic: number;
  readonly text: string; // what was found and what to do, for a person
};
