import { conflictingLabels, effectiveLabel } from "#server/domain/label.ts";
import { sourceWords } from "./timeline-lines.ts";
import type { CaseDetail } from "./words.ts";

/**
 * "An analyst says legitimate, a chargeback says fraud: a chargeback counts." Null while all labels agree; those that
 * were taken back say nothing, and those of joined payments stand for themselves.
 */
export function labelConflict(labels: CaseDetail["labels"]): string | null {
  const standing = labels
    .filter((label) => label.withdrawnAt === null && label.part === null)
    .map((label) => ({ ...label, seq: BigInt(label.seq), recordedAt: new Date(label.recordedAt) }));
  const counting = effectiveLabel(standing);
  const against = conflictingLabels(standing);
  if (counting === null || against.length === 0) return null;
  const told = [...against.toReversed(), counting].map(
    ({ source, label }) => `${sourceWords[source]} says ${label}`,
  );
  const sentence = `${told.join(", ")}: ${sourceWords[counting.source]} counts.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
