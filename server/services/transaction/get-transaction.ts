import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { conflictingLabels, Label, LabelSource } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { StoredHit } from "#server/domain/rule/stored-hit.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { Reason } from "#server/domain/transaction.ts";
import { type ServedFeature, servedFeatures } from "#server/services/case/served-features.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Blindness, blindTo } from "./blind-to.ts";

const include = {
  decision: {
    include: {
      modelVersion: { select: { id: true, number: true, family: true } },
      policyVersion: { select: { number: true } },
    },
  },
  labels: { orderBy: { seq: "desc" }, include: { withdrawal: { select: { withdrawnAt: true } } } },
  effectiveLabel: true,
  case: { select: { id: true, number: true, status: true, disposition: true } },
} satisfies Prisma.TransactionInclude;

type Stored = Prisma.TransactionGetPayload<{ include: typeof include }>;

export type TransactionDecision = {
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly failure: string | null;
  readonly scoredAt: string;
  readonly origin: string;
  /** null while hidden, as are score and propensity */
  readonly expectedLossMinor: number | null;
  readonly propensity: number | null;
  readonly exploration: string | null;
  readonly model: { readonly id: string; readonly number: number; readonly family: string } | null;
  readonly policyNumber: number;
  readonly featureSetVersion: string;
  readonly reasons: readonly Reason[];
  readonly rules: readonly StoredHit[];
  readonly features: readonly ServedFeature[];
};

export type TransactionLabel = {
  readonly seq: number;
  readonly label: Label;
  readonly source: LabelSource;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly note: string | null;
  /** true for the one that counts now */
  readonly isEffective: boolean;
  /** true where its source still says otherwise than the one that counts */
  readonly isConflicting: boolean;
  /** null unless it was taken back with its verdict */
  readonly withdrawnAt: string | null;
};

export type TransactionDetail = {
  readonly id: string;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly origin: string;
  /** what else the caller sent, in the contract's words; only what was sent */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly customerId: string;
  readonly merchantId: string;
  readonly decision: TransactionDecision | null;
  readonly labels: readonly TransactionLabel[];
  readonly case: Stored["case"];
  /** null unless something is kept from who asks, so that it cannot sway their verdict */
  readonly hidden: Blindness | null;
};

/**
 * A payment with its decision as served, every label it ever got (newest first) and its case.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function getTransaction(ctx: ServiceContext, id: string): Promise<TransactionDetail> {
  requirePermission(ctx.actor, "transaction:read");
  const stored = await ctx.db.transaction.findUnique({ where: { id }, include });
  if (stored === null) throw new ServiceError("not_found", "There is no such transaction.");
  const hidden = (await blindTo(ctx, [id])).get(id) ?? null;
  const decision = await decisionOf(ctx, stored.decision);
  return {
    id: stored.id,
    occurredAt: stored.occurredAt.toISOString(),
    receivedAt: stored.receivedAt.toISOString(),
    amountMinor: Number(stored.amountMinor),
    currency: stored.currency,
    origin: stored.origin,
    fields: sentFields(stored),
    customerId: stored.customerId,
    merchantId: stored.merchantId,
    decision: hidden === null || decision === null ? decision : withoutSway(decision),
    labels: hidden === "second_review" ? [] : labelsOf(stored),
    case: hidden === "second_review" ? null : stored.case,
    hidden,
  };
}

/** The decision without anything that tells how risky the payment looked, or that it was explored. */
function withoutSway(decision: TransactionDecision): TransactionDecision {
  const hidden = { score: null, expectedLossMinor: null, propensity: null, exploration: null };
  return { ...decision, ...hidden, reasons: [], rules: [] };
}

const optionalFields = [
  "cardToken",
  "deviceId",
  "ip",
  "merchantCategory",
  "channel",
  "country",
  "latitude",
  "longitude",
] as const satisfies readonly (keyof Stored)[];

function sentFields(stored: Stored): { name: string; value: string }[] {
  const plain = optionalFields.flatMap((name) => {
    const value = stored[name];
    return value === null ? [] : [{ name, value: String(value) }];
  });
  const attributes = z.record(z.string(), z.unknown()).catch({}).parse(stored.attributes);
  return [...plain, ...Object.entries(attributes).map(([name, value]) => ({ name, value: String(value) }))];
}

async function decisionOf(
  ctx: ServiceContext,
  stored: Stored["decision"],
): Promise<TransactionDecision | null> {
  if (stored === null) return null;
  return {
    outcome: Outcome.parse(stored.outcome),
    score: stored.score,
    failure: stored.failure,
    scoredAt: stored.scoredAt.toISOString(),
    origin: stored.origin,
    expectedLossMinor: Number(stored.expectedLossMinor),
    propensity: stored.propensity,
    exploration: stored.exploration,
    model: stored.modelVersion,
    policyNumber: stored.policyVersion.number,
    featureSetVersion: stored.featureSetVersion,
    reasons: z.array(Reason).parse(stored.reasons),
    rules: z.array(StoredHit).parse(stored.rules),
    features: await servedFeatures(ctx, stored),
  };
}

function labelsOf({ labels, effectiveLabel }: Stored): TransactionLabel[] {
  const read = labels.map((row) => ({
    ...row,
    label: Label.parse(row.label),
    source: LabelSource.parse(row.source),
  }));
  const against = new Set(conflictingLabels(read.filter((row) => row.withdrawal === null)));
  return read.map((row) => ({
    seq: Number(row.seq),
    label: row.label,
    source: row.source,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    note: row.note,
    isEffective: row.seq === effectiveLabel?.labelSeq,
    isConflicting: against.has(row),
    withdrawnAt: row.withdrawal?.withdrawnAt.toISOString() ?? null,
  }));
}
