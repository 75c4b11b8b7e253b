import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { Label, LabelSource } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { StoredHit } from "#server/domain/rule/stored-hit.ts";
import { Reason } from "#server/domain/transaction.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { CaseLabel } from "./case-labels.ts";
import { type ServedFeature, servedFeatures } from "./served-features.ts";

/** Its payment is the one that it stands with. */
type ExportedLabel = Omit<CaseLabel, "part">;

export const exportedInclude = {
  decision: {
    include: {
      modelVersion: {
        select: {
          id: true,
          number: true,
          family: true,
          artifactHash: true,
          trainedFrom: true,
          trainedTo: true,
        },
      },
      policyVersion: { select: { id: true, number: true } },
    },
  },
  labels: { orderBy: { seq: "asc" }, include: { withdrawal: { select: { withdrawnAt: true } } } },
  effectiveLabel: { select: { labelSeq: true } },
} satisfies Prisma.TransactionInclude;

type Stored = Prisma.TransactionGetPayload<{ include: typeof exportedInclude }>;
type StoredDecision = NonNullable<Stored["decision"]>;

/** A decision as it was made, with the versions of everything that made it. */
export type ExportedDecision = {
  readonly scoredAt: string;
  /** live, or backfill for one that was made afterwards from history */
  readonly origin: string;
  readonly featureSetVersion: string;
  readonly features: readonly ServedFeature[];
  readonly model: {
    readonly id: string;
    readonly number: number;
    readonly family: string;
    readonly artifactHash: string;
    readonly trainedFrom: string;
    readonly trainedTo: string;
  } | null;
  readonly policy: { readonly id: string; readonly number: number };
  readonly ruleSet: { readonly id: string; readonly number: number } | null;
  readonly listRevision: string | null;
  /** null where it is kept from the reader */
  readonly opinion: {
    readonly outcome: Outcome;
    readonly score: number | null;
    readonly failure: string | null;
    readonly expectedLossMinor: number;
    readonly propensity: number;
    readonly exploration: string | null;
    readonly reasons: readonly Reason[];
    readonly rules: readonly StoredHit[];
  } | null;
};

export type ExportedPayment = {
  readonly id: string;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly decision: ExportedDecision | null;
  /** recorded up to the decision, and after it */
  readonly labelsThen: readonly ExportedLabel[];
  readonly labelsSince: readonly ExportedLabel[];
};

/** A payment with its decision as served and its labels, those known then apart from those that came later. */
export async function exportedPayment(
  ctx: ServiceContext,
  stored: Stored,
  hidden: boolean,
): Promise<ExportedPayment> {
  const {
    decision: made,
    labels,
    effectiveLabel,
    requestHash: _hash,
    seq: _seq,
    origin: _origin,
    ...payment
  } = stored;
  const decidedAt = made?.scoredAt ?? stored.receivedAt;
  const told = labels.map((label) => labelOf(label, effectiveLabel?.labelSeq ?? null));
  const isKnownThen = (label: ExportedLabel): boolean => label.recordedAt <= decidedAt.toISOString();
  return {
    ...payment,
    occurredAt: stored.occurredAt.toISOString(),
    receivedAt: stored.receivedAt.toISOString(),
    amountMinor: Number(stored.amountMinor),
    attributes: z.record(z.string(), z.unknown()).catch({}).parse(stored.attributes),
    decision: made === null ? null : await decisionOf(ctx, made, hidden),
    labelsThen: told.filter(isKnownThen),
    labelsSince: told.filter((label) => !isKnownThen(label)),
  };
}

async function decisionOf(
  ctx: ServiceContext,
  made: StoredDecision,
  hidden: boolean,
): Promise<ExportedDecision> {
  const { modelVersion: model, ruleSetVersionId } = made;
  const ruleSet =
    ruleSetVersionId === null
      ? null
      : await ctx.db.ruleSetVersion.findUnique({
          where: { id: ruleSetVersionId },
          select: { id: true, number: true },
        });
  return {
    scoredAt: made.scoredAt.toISOString(),
    origin: made.origin,
    featureSetVersion: made.featureSetVersion,
    features: await servedFeatures(ctx, made),
    model:
      model === null
        ? null
        : {
            ...model,
            trainedFrom: model.trainedFrom.toISOString(),
            trainedTo: model.trainedTo.toISOString(),
          },
    policy: made.policyVersion,
    ruleSet,
    listRevision: made.listRevision === null ? null : String(made.listRevision),
    opinion: hidden ? null : opinionOf(made),
  };
}

function opinionOf(made: StoredDecision): NonNullable<ExportedDecision["opinion"]> {
  return {
    outcome: Outcome.parse(made.outcome),
    score: made.score,
    failure: made.failure,
    expectedLossMinor: Number(made.expectedLossMinor),
    propensity: made.propensity,
    exploration: made.exploration,
    reasons: z.array(Reason).parse(made.reasons),
    rules: z.array(StoredHit).parse(made.rules),
  };
}

function labelOf(label: Stored["labels"][number], effectiveSeq: bigint | null): ExportedLabel {
  return {
    seq: String(label.seq),
    label: Label.parse(label.label),
    source: LabelSource.parse(label.source),
    occurredAt: label.occurredAt.toISOString(),
    recordedAt: label.recordedAt.toISOString(),
    note: label.note,
    withdrawnAt: label.withdrawal?.withdrawnAt.toISOString() ?? null,
    effective: label.seq === effectiveSeq,
  };
}
