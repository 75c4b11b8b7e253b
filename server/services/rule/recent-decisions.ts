import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import type { RulePayment } from "#server/domain/rule/vocabulary.ts";

/** A decision with what rules would look at. */
export type RecentDecision = {
  readonly id: string;
  readonly payment: RulePayment;
  readonly scoredAtMs: number;
  /** NaN when the model could not say */
  readonly score: number;
  readonly featureSetVersion: string;
  readonly features: Float64Array;
  readonly isFraud: boolean | null;
};

const Attributes = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

/** The newest decisions with their payments and the labels that count, by the order of writing. */
export async function recentDecisions(db: Database, count: number): Promise<RecentDecision[]> {
  const stored = await db.decision.findMany({
    orderBy: { seq: "desc" },
    take: count,
    select: {
      transactionId: true,
      scoredAt: true,
      score: true,
      featureSetVersion: true,
      features: true,
      transaction: { omit: { requestHash: true }, include: { effectiveLabel: { select: { label: true } } } },
    },
  });
  return stored.map(({ transactionId, scoredAt, score, featureSetVersion, features, transaction }) => ({
    id: transactionId,
    payment: {
      ...transaction,
      amountMinor: Number(transaction.amountMinor),
      attributes: Attributes.parse(transaction.attributes),
    },
    scoredAtMs: scoredAt.getTime(),
    score: score ?? Number.NaN,
    featureSetVersion,
    features: float64Of(features),
    isFraud: transaction.effectiveLabel === null ? null : transaction.effectiveLabel.label === "fraud",
  }));
}

/** Served vectors are stored little-endian. */
function float64Of({ buffer, byteOffset, byteLength }: Uint8Array): Float64Array {
  const view = new DataView(buffer, byteOffset, byteLength);
  return Float64Array.from({ length: byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}
