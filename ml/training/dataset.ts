import type { FeatureSet } from "#ml/features/feature-set.ts";

/**
 * Rows ready for training and evaluation, in event order. `features` is row-major, rows x width, NaN where a
 * value is missing. `labels` holds 1 for fraud, 0 for legitimate, -1 where no label is known (unknown is
 * never legitimate).
 */
export type Dataset = {
  readonly featureSet: FeatureSet;
  readonly width: number;
  readonly rows: number;
  readonly features: Float64Array;
  readonly labels: Int8Array;
  readonly occurredAtMs: Float64Array;
  readonly labelRecordedAtMs: Float64Array; // NaN where there is no label
  /** 1 where no dispute could come, as of payments that were declined: without a label they are never legitimate */
  readonly undisputable?: Uint8Array;
  /** What a row counts in fitting and calibrating (`explorationWeights`); left out where every row counts 1 */
  readonly weights?: Float64Array | null;
  readonly amountMinor: Float64Array;
  readonly customerIds: readonly string[];
  readonly cardIds: readonly string[]; // card token, or the customer where no card is known
  readonly transactionIds: readonly string[];
};
