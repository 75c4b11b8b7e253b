import { z } from "zod";
import { type PaymentHistory, paymentHistory } from "#server/services/case/payment-history.ts";
import type { ServiceContext } from "#server/services/context.ts";

/**
 * What a second reviewer gets: the payment as it came and the past of who paid and who was paid. Not the score, the
 * reasons, the rules, the first verdict, the labels or the timeline, nor the case's number to look them up by.
 */
export type BlindCase = {
  /** of the second review */
  readonly id: string;
  readonly claimedUntil: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly occurredAt: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly customer: PaymentHistory;
  readonly merchant: PaymentHistory;
};

/** The case of a second review that the actor holds. */
export async function blindCase(ctx: ServiceContext, id: string): Promise<BlindCase> {
  const stored = await ctx.db.secondReview.findUniqueOrThrow({
    where: { id },
    select: { claimedUntil: true, case: { select: { transaction: { omit: { requestHash: true } } } } },
  });
  const { transaction } = stored.case;
  const { occurredAt, currency, customerId, merchantId } = transaction;
  const anchor = { transactionId: transaction.id, occurredAt, currency };
  const [customer, merchant] = await Promise.all([
    paymentHistory(ctx, "customer", customerId, anchor),
    paymentHistory(ctx, "merchant", merchantId, anchor),
  ]);
  return {
    id,
    claimedUntil: (stored.claimedUntil ?? ctx.now()).toISOString(),
    amountMinor: Number(transaction.amountMinor),
    currency,
    occurredAt: occurredAt.toISOString(),
    customerId,
    merchantId,
    cardToken: transaction.cardToken,
    deviceId: transaction.deviceId,
    ip: transaction.ip,
    merchantCategory: transaction.merchantCategory,
    channel: transaction.channel,
    country: transaction.country,
    attributes: z.record(z.string(), z.unknown()).catch({}).parse(transaction.attributes),
    customer,
    merchant,
  };
}
