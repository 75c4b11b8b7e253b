import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import type { Steps } from "./steps.ts";

/** Families in the order of preference when two are equally good: simplest first. */
export const families = [
  "rules",
  "isolation_forest",
  "logistic_regression",
  "neural_network",
  "gradient_boosting",
  "ensemble",
] as const;
export type Family = (typeof families)[number];

export type TrainingRows = {
  readonly width: number;
  readonly rows: number;
  readonly features: Float64Array; // row-major, NaN where missing
  readonly labels: Uint8Array; // 1 fraud, 0 legitimate
  readonly weights: Float64Array | null; // null: every row counts 1
};

export type FitProgress = { readonly step: number; readonly steps: number; readonly note: string };

export type FitContext = {
  readonly featureNames: readonly string[];
  /** What each feature measures, when known: families encode and judge features by it. */
  readonly definitions?: readonly FeatureDefinition[];
  readonly seed: number;
  readonly signal: AbortSignal | null;
  readonly onProgress: (progress: FitProgress) => void;
};

/**
 * A fitted model of one family. Scores are margins (log-odds before calibration); the serving path reads typed
 * arrays only, so `margin` must not allocate tensors. Same row, same margin, bit for bit, alone or in a batch.
 */
export interface FittedModel {
  readonly family: Family;
  readonly width: number;
  /** Writes one margin per row into `out`. `features` is row-major with `width` columns. */
  margins(features: Float64Array, rows: number, out: Float64Array): void;
  /**
   * Contribution of each feature to the margin of one row, in log-odds; they and `baseMargin` sum to the margin.
   * Writes `width` values into `out` and returns the base margin.
   */
  contributions(row: Float64Array, out: Float64Array): number;
  /** The model's parameters as plain JSON (typed arrays as base64), enough for `load` of its family. */
  toJSON(): unknown;
  /** Libraries the fit depended on, by name, with version and backend. */
  readonly libraries?: Readonly<Record<string, string>>;
  /**
   * What each step of the fit (a tree, an epoch) was worth on the validation rows, on the scale of average precision,
   * where the fit went step by step and watched: the largest is the step to stop at, and choosing a number of steps over
   * several folds takes their mean. A family may smooth it. Not part of the JSON.
   */
  readonly curve?: readonly number[];
  /** Training gain of each feature's splits, where the model is made of splits. */
  readonly gain?: readonly number[];
  /**
   * Builds what the first `contributions` would build (tens of milliseconds): call it where a wait does no harm, after
   * `load` and before serving, all steps at once or with others' work in between.
   */
  prepare?(): Steps<void>;
}

/** What every family file exports as `<family>Family`. `validation` serves early stopping only. */
export interface ModelFamily<Options> {
  readonly family: Family;
  readonly defaults: Options;
  fit(
    training: TrainingRows,
    validation: TrainingRows,
    options: Options,
    context: FitContext,
  ): Promise<FittedModel>;
  /**
   * Options for a refit on more rows without a validation slice: what early stopping found on the folds becomes fixed
   * (the number of steps with the best mean `curve`).
   */
  readonly refitOptions?: (fitted: readonly FittedModel[], options: Options) => Options;
  /** @throws RangeError when the JSON is not of this family or version. */
  load(json: unknown): FittedModel;
}
