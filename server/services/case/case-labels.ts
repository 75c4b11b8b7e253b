import { Label, LabelSource } from "#server/domain/label.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { JoinedPart } from "./joined-parts.ts";

export type CaseLabel = {
  readonly seq: string;
  readonly label: Label;
  readonly source: LabelSource;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly note: string | null;
  readonly withdrawnAt: string | null;
  /** whether this is the label of its payment that counts */
  readonly effective: boolean;
  /** whose payment it is of, where that is a case joined to the case; null for the case's own payment */
  readonly part: JoinedPart | null;
};

/** Every label of the case's payment and of those of the cases joined to it, in the order of recording. */
export async function caseLabels(
  ctx: ServiceContext,
  transactionId: string,
  parts: readonly JoinedPart[],
): Promise<CaseLabel[]> {
  const partOf = new Map(parts.map((part) => [part.transactionId, part]));
  const where = { transactionId: { in: [transactionId, ...partOf.keys()] } };
  const [labels, effective] = await Promise.all([
    ctx.db.label.findMany({ where, orderBy: { seq: "asc" }, include: { withdrawal: true } }),
    ctx.db.effectiveLabel.findMany({ where }),
  ]);
  const counting = new Set(effective.map((label) => label.labelSeq));
  return labels.map((label) => ({
    seq: String(label.seq),
    label: Label.parse(label.label),
    source: LabelSource.parse(label.source),
    occurredAt: label.occurredAt.toISOString(),
    recordedAt: label.recordedAt.toISOString(),
    note: label.note,
    withdrawnAt: label.withdrawal?.withdrawnAt.toISOString() ?? null,
    effective: counting.has(label.seq),
    part: partOf.get(label.transactionId) ?? null,
  }));
}
