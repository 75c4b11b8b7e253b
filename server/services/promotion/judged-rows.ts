import type { GateRows } from "#ml/promotion/gate-rows.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { decide, type Policy, policyFor } from "#server/domain/policy.ts";
import type { PaymentFacts } from "./payment-facts.ts";

/** Test rows of a training, scored by both models; one entry a payment in every array. */
export type ScoredTwice = {
  readonly transactionIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly amountMinor: Float64Array;
  readonly labels: Uint8Array;
  /** whether somebody said so; what is legitimate only because no dispute came has none */
  readonly isLabelled: (at: number) => boolean;
  readonly championScores: Float64Array;
  readonly candidateScores: Float64Array;
};

export type JudgedRows = {
  readonly rows: GateRows;
  /** of the money */
  readonly currency: string;
  readonly declined: number;
  readonly otherCurrency: number;
  readonly weighted: number;
};

const unknownFacts: PaymentFacts = { currency: "", channel: null, isDeclined: false, knownChance: 1 };

/**
 * The rows that the gate judges: those whose outcome is known, in the currency that most of them are in, with what the
 * policy's decision on either score came to. A declined payment without a label is left out; one that exploration let
 * through to review stands for 1 / propensity of them.
 */
export function judgedRows(
  scored: ScoredTwice,
  facts: ReadonlyMap<string, PaymentFacts>,
  policy: Policy,
): JudgedRows {
  const factsAt = (at: number): PaymentFacts => facts.get(scored.transactionIds[at] ?? "") ?? unknownFacts;
  const all = Array.from(scored.labels.keys());
  const known = all.filter((at) => !factsAt(at).isDeclined || scored.isLabelled(at));
  const currency = commonest(known.map((at) => factsAt(at).currency));
  const kept = known.filter((at) => factsAt(at).currency === currency);
  const numbers = (of: (at: number) => number): Float64Array => Float64Array.from(kept, of);
  const scoresOf = (scores: Float64Array): Float64Array => numbers((at) => scores[at] ?? Number.NaN);
  const costsOf = (scores: Float64Array): Float64Array =>
    numbers((at) => {
      const amountMinor = scored.amountMinor[at] as number;
      const ofSegment = policyFor(policy, { currency, channel: factsAt(at).channel });
      const outcome = decide({ status: "scored", score: scores[at] as number }, amountMinor, ofSegment);
      return expectedCosts(scored.labels[at] as number, amountMinor, ofSegment.cost)[outcome];
    });
  return {
    rows: {
      labels: Uint8Array.from(kept, (at) => scored.labels[at] as number),
      customerIds: kept.map((at) => scored.customerIds[at] ?? ""),
      weights: numbers((at) => 1 / factsAt(at).knownChance),
      championScores: scoresOf(scored.championScores),
      candidateScores: scoresOf(scored.candidateScores),
      championCostMinor: costsOf(scored.championScores),
      candidateCostMinor: costsOf(scored.candidateScores),
      segments: kept.map((at) => factsAt(at).channel ?? "no channel"),
    },
    currency,
    declined: all.length - known.length,
    otherCurrency: known.length - kept.length,
    weighted: kept.filter((at) => factsAt(at).knownChance < 1).length,
  };
}

/** The text that comes most often, of equals the first in order; empty without any. */
export function commonest(texts: readonly string[]): string {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0]?.[0] ?? "";
}
