import type { Database } from "#server/db/client.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { ensureActivePolicy } from "#server/services/policy/index.ts";

export type Shadowed = {
  readonly id: string;
  readonly customerId: string;
  readonly servedBy: string;
  readonly shadowedBy: string;
  readonly score: number | null;
  readonly shadowScore: number | null;
  readonly outcome: Outcome;
  readonly amountMinor?: number;
};

/** Writes live decisions that two models scored. */
export async function writeShadowed(db: Database, at: Date, payments: readonly Shadowed[]): Promise<void> {
  const { id: policyVersionId } = await ensureActivePolicy(db, at);
  const shared = (one: Shadowed) => ({
    occurredAt: at,
    amountMinor: BigInt(one.amountMinor ?? 1_000),
    currency: "EUR",
  });
  await db.transaction.createMany({
    data: payments.map((one) => ({
      ...shared(one),
      id: one.id,
      customerId: one.customerId,
      merchantId: "mer_1",
      requestHash: Buffer.from(one.id),
    })),
  });
  await db.decision.createMany({
    data: payments.map((one) => ({
      ...shared(one),
      transactionId: one.id,
      scoredAt: at,
      outcome: one.outcome,
      score: one.score,
      failure: one.score === null ? "model_unavailable" : null,
      modelVersionId: one.servedBy,
      challengerVersionId: one.shadowedBy,
      challengerScore: one.shadowScore,
      policyVersionId,
      featureSetVersion: "x",
      features: Buffer.alloc(0),
      reasons: [],
      propensity: 0,
      expectedLossMinor: 0n,
      response: "{}",
    })),
  });
}
