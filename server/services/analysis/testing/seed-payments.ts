import type { Database } from "#server/db/client.ts";
import type { Outcome } from "#server/domain/outcome.ts";

export type SeededPayment = {
  readonly id: string;
  readonly occurredAt: Date;
  readonly score: number | null;
  readonly amountMinor: number;
  readonly outcome: Outcome;
  readonly customerId: string;
  readonly modelVersionId: string | null;
  readonly cardToken?: string | null;
  readonly currency?: string;
  readonly channel?: string | null;
  readonly country?: string | null;
  readonly merchantCategory?: string | null;
  readonly propensity?: number;
  readonly exploration?: string | null;
  readonly challenger?: { readonly versionId: string; readonly score: number } | null;
  readonly hits?: readonly { id: string; name: string; outcome: Outcome; monitored?: true }[];
  readonly origin?: "live" | "backfill";
};

/** Payments and their decisions, in this order. */
export async function seedPayments(
  db: Database,
  policyVersionId: string,
  payments: readonly SeededPayment[],
): Promise<void> {
  await db.transaction.createMany({
    data: payments.map((payment) => ({
      id: payment.id,
      occurredAt: payment.occurredAt,
      amountMinor: BigInt(payment.amountMinor),
      currency: payment.currency ?? "EUR",
      customerId: payment.customerId,
      merchantId: "mer_1",
      cardToken: payment.cardToken ?? null,
      channel: payment.channel ?? null,
      country: payment.country ?? null,
      merchantCategory: payment.merchantCategory ?? null,
      requestHash: new Uint8Array(32),
    })),
  });
  await db.decision.createMany({
    data: payments.map((payment) => ({
      transactionId: payment.id,
      occurredAt: payment.occurredAt,
      scoredAt: payment.occurredAt,
      outcome: payment.outcome,
      score: payment.score,
      modelVersionId: payment.modelVersionId,
      policyVersionId,
      featureSetVersion: "default@test",
      features: new Uint8Array(0),
      reasons: [],
      rules: payment.hits?.map((hit) => ({ ...hit })) ?? [],
      challengerVersionId: payment.challenger?.versionId ?? null,
      challengerScore: payment.challenger?.score ?? null,
      propensity: payment.propensity ?? 0,
      exploration: payment.exploration ?? null,
      expectedLossMinor: 0n,
      amountMinor: BigInt(payment.amountMinor),
      currency: payment.currency ?? "EUR",
      response: "{}",
      origin: payment.origin ?? "live",
    })),
  });
}
