import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { StoredHit } from "#server/domain/rule/stored-hit.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { Reason } from "#server/domain/transaction.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { blindTo } from "#server/services/transaction/blind-to.ts";
import { type CaseLabel, caseLabels } from "./case-labels.ts";
import { type CasePayments, casePayments } from "./case-payments.ts";
import { type CaseRow, caseRow, caseRowInclude } from "./case-row.ts";
import { caseTimeline, type TimelineEvent } from "./case-timeline.ts";
import type { CaseRef } from "./claim-case.ts";
import { joinedParts } from "./joined-parts.ts";
import { maskCase } from "./mask-case.ts";
import { type PaymentHistory, paymentHistory } from "./payment-history.ts";
import { type ServedFeature, servedFeatures } from "./served-features.ts";

const include = {
  ...caseRowInclude,
  joinedTo: { select: { id: true, number: true } },
  transaction: {
    include: { decision: { include: { modelVersion: { select: { number: true, family: true } } } } },
  },
} satisfies Prisma.CaseInclude;

type Stored = Prisma.CaseGetPayload<{ include: typeof include }>;

export type CasePayment = {
  readonly id: string;
  readonly occurredAt: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type CaseDecision = {
  readonly outcome: Outcome;
  readonly scoredAt: string;
  readonly failure: string | null;
  readonly reasons: readonly Reason[];
  readonly rules: readonly StoredHit[];
  readonly model: { readonly number: number; readonly family: string } | null;
  readonly features: readonly ServedFeature[];
};

export type CaseDetail = CaseRow & {
  readonly payment: CasePayment;
  /** null for a case whose decision was not kept */
  readonly decision: CaseDecision | null;
  readonly customer: PaymentHistory;
  readonly merchant: PaymentHistory;
  /** what the case is about: its own payment and those of the cases joined to it */
  readonly payments: CasePayments;
  /** the case that it is worked on with; null for most */
  readonly joinedTo: { readonly id: string; readonly number: number } | null;
  /** whether score, reasons, rules and expected loss are kept from the reader until a verdict is given */
  readonly hidden: boolean;
  readonly timeline: readonly TimelineEvent[];
  readonly labels: readonly CaseLabel[];
};

/**
 * What one screen shows of a case at once: its payments, why it was scored so, the past of its customer and merchant,
 * and what happened to the case. A masked case comes without what the model and the rules said, and nobody gets the
 * case that they are reviewing a second time.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function getCase(ctx: ServiceContext, input: CaseRef): Promise<CaseDetail> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.case.findUnique({ where: { id: input.caseId }, include });
  if (stored === null) throw new ServiceError("not_found", "There is no such case.");
  const { transaction } = stored;
  const hidden = await isHidden(ctx, transaction.id);
  const anchor = {
    transactionId: transaction.id,
    occurredAt: transaction.occurredAt,
    currency: transaction.currency,
  };
  const parts = joinedParts(ctx, stored.id);
  const [row, decision, customer, merchant, payments, timeline, labels] = await Promise.all([
    caseRow(ctx.db, stored, ctx.now()),
    decisionOf(ctx, stored),
    paymentHistory(ctx, "customer", stored.customerId, anchor),
    paymentHistory(ctx, "merchant", stored.merchantId, anchor),
    casePayments(ctx, stored),
    parts.then((joined) => caseTimeline(ctx, stored.id, joined)),
    parts.then((joined) => caseLabels(ctx, stored.transactionId, joined)),
  ]);
  return {
    ...maskCase(row, ctx.actor),
    payment: paymentOf(stored),
    decision: hidden && decision !== null ? withoutOpinion(decision) : decision,
    ...{ customer, merchant, payments, hidden, timeline, labels },
    joinedTo: stored.joinedTo,
  };
}

/** @throws ServiceError "forbidden" to whoever is reviewing the case a second time. */
async function isHidden(ctx: ServiceContext, transactionId: string): Promise<boolean> {
  const blind = (await blindTo(ctx, [transactionId])).get(transactionId);
  if (blind === "second_review") {
    throw new ServiceError(
      "forbidden",
      "You are reviewing this case a second time; it is shown once you have given your verdict.",
    );
  }
  return blind === "masked";
}

/** Facts stay; what the model and the rules made of them goes. */
function withoutOpinion(decision: CaseDecision): CaseDecision {
  return { ...decision, outcome: "review", failure: null, reasons: [], rules: [] };
}

function paymentOf({ transaction }: Stored): CasePayment {
  return {
    id: transaction.id,
    occurredAt: transaction.occurredAt.toISOString(),
    cardToken: transaction.cardToken,
    deviceId: transaction.deviceId,
    ip: transaction.ip,
    merchantCategory: transaction.merchantCategory,
    channel: transaction.channel,
    country: transaction.country,
    latitude: transaction.latitude,
    longitude: transaction.longitude,
    attributes: z.record(z.string(), z.unknown()).catch({}).parse(transaction.attributes),
  };
}

async function decisionOf(ctx: ServiceContext, stored: Stored): Promise<CaseDecision | null> {
  const { decision } = stored.transaction;
  if (decision === null) return null;
  return {
    outcome: Outcome.parse(decision.outcome),
    scoredAt: decision.scoredAt.toISOString(),
    failure: decision.failure,
    reasons: z.array(Reason).parse(decision.reasons),
    rules: z.array(StoredHit).parse(decision.rules),
    model: decision.modelVersion,
    features: await servedFeatures(ctx, decision),
  };
}
