/** What an experiment compares configurations by, as a person says it. */
export const searchMetricWords = {
  average_precision: "average precision",
  recall_at_fpr_001: "recall at 0.1 % false alarms",
  recall_at_fpr_01: "recall at 1 % false alarms",
  roc_auc: "ROC AUC",
} as const;
