import type { BootstrapInterval } from "#ml/evaluation/bootstrap.ts";
import type { RankedCounts } from "#ml/evaluation/ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "#ml/evaluation/ranking.ts";
import { recallAtFprOf } from "#ml/evaluation/recall-at-fpr.ts";

/** What configurations can be compared by; all rank payments, so that no calibration enters the choice. */
export const searchMetrics = [
  "average_precision",
  "recall_at_fpr_001",
  "recall_at_fpr_01",
  "roc_auc",
] as const;
export type SearchMetric = (typeof searchMetrics)[number];

/** A figure of the validation days with its 95 % interval by customer; null where undefined. */
export type Figure = { readonly value: number | null; readonly interval: BootstrapInterval | null };
export type Figures = Readonly<Record<SearchMetric, Figure>>;

/** Recall at 0.1 % and at 1 % of good payments alerted, beside average precision and ROC AUC. */
export const metricOf: Readonly<Record<SearchMetric, (counts: RankedCounts) => number | null>> = {
  average_precision: averagePrecisionOf,
  recall_at_fpr_001: (counts) => recallAtFprOf(counts, 0.001),
  recall_at_fpr_01: (counts) => recallAtFprOf(counts, 0.01),
  roc_auc: rocAucOf,
};
