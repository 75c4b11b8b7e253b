/** The figures watched for drift, by their names. */
export const driftSeriesNames = {
  estimatedCost: "Expected cost a payment",
  estimatedRecall: "Estimated recall",
  alertRate: "Case load",
  reportedRate: "Reported fraud",
  missedRate: "Missed fraud",
  labelDelay: "Label delay",
  domainAuc: "Domain classifier's AUC",
  pcaError: "PCA reconstruction error",
} as const;

const qualityWords = { missing: "missing", unseen: "unseen", outside: "out of range" } as const;
type QualityKind = keyof typeof qualityWords;

/** What changed with a feature's values, in words. */
export function qualityWord(kind: QualityKind): string {
  return qualityWords[kind];
}

/** What an alert of drift is about: a figure by its name, a feature by its text, for quality `feature:missing` as well. */
export type DriftAlertSubject = {
  readonly kind: string;
  readonly subject: string;
  /** the feature in words */
  readonly text: string;
  readonly direction: "above" | "below" | null;
};

/** An alert of drift as a sentence without its end. */
export function driftAlertSentence({ kind, subject, text, direction }: DriftAlertSubject): string {
  if (kind === "quality") {
    const of = subject.split(":")[1];
    return `${text}: values ${isQuality(of) ? qualityWords[of] : "changed"} unlike before`;
  }
  if (kind === "feature") return `${text} moved beyond chance`;
  const name = (driftSeriesNames as Readonly<Record<string, string>>)[subject] ?? subject;
  return `${name} is ${direction} the usual`;
}

function isQuality(kind: string | undefined): kind is QualityKind {
  return kind !== undefined && kind in qualityWords;
}
