import { z } from "zod";
import type { Outcome } from "./outcome.ts";
import { Channel } from "./transaction.ts";

/** What each way of being right or wrong costs. Rates are shares of the amount; fees are minor units. */
export const CostModelSchema = z.strictObject({
  lossRate: z.number().min(0).max(1),
  chargebackFeeMinor: z.int().min(0),
  marginRate: z.number().min(0).max(1),
  frictionCostMinor: z.int().min(0),
  reviewCostMinor: z.int().min(0),
  missRate: z.number().min(0).max(1),
  delayCostMinor: z.int().min(0),
});
export type CostModel = z.infer<typeof CostModelSchema>;

/** Figures of their own for payments of one currency, one channel, or one of each; null stands for all. */
export const CostSegment = z
  .strictObject({
    currency: z.string().length(3).nullable(),
    channel: Channel.nullable(),
    cost: CostModelSchema,
  })
  .refine(
    ({ currency, channel }) => currency !== null || channel !== null,
    "A segment needs a currency or a channel",
  );
export type CostSegment = z.infer<typeof CostSegment>;

/** What of a payment decides by which figures it is judged. */
export type SegmentOf = { readonly currency: string; readonly channel?: string | null };

/** The figures of a payment: those of its currency and channel, else of its currency, else of its channel. */
export function segmentCost(
  segments: readonly CostSegment[],
  { currency, channel = null }: SegmentOf,
): CostModel | null {
  const of = (wantedCurrency: string | null, wantedChannel: string | null): CostModel | undefined =>
    segments.find((one) => one.currency === wantedCurrency && one.channel === wantedChannel)?.cost;
  const both = channel === null ? undefined : of(currency, channel);
  return both ?? of(currency, null) ?? (channel === null ? undefined : of(null, channel)) ?? null;
}

/** Loss in minor units when this payment is fraud and is let through: amount x lossRate + chargeback fee. */
export function fraudLossMinor(amountMinor: number, cost: CostModel): number {
  return amountMinor * cost.lossRate + cost.chargebackFeeMinor;
}

/**
 * Expected cost of each outcome in minor units for fraud probability `score` (Bahnsen et al. 2014, Bayes minimum
 * risk): approve p·L; decline (1-p)(A·margin + friction); review c + p·miss·L + (1-p)·delay, L = fraud loss.
 */
export function expectedCosts(score: number, amountMinor: number, cost: CostModel): Record<Outcome, number> {
  const loss = fraudLossMinor(amountMinor, cost);
  return {
    approve: score * loss,
    review: cost.reviewCostMinor + score * cost.missRate * loss + (1 - score) * cost.delayCostMinor,
    decline: (1 - score) * (amountMinor * cost.marginRate + cost.frictionCostMinor),
  };
}

/** Expected loss of letting the payment through, rounded to a whole minor unit: what orders the queue. */
export function expectedLossMinor(score: number, amountMinor: number, cost: CostModel): number {
  return Math.round(score * fraudLossMinor(amountMinor, cost));
}
