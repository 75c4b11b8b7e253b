import type { CostModel } from "#server/domain/cost.ts";
import { type Policy, policyFor } from "#server/domain/policy.ts";

/** Texts of the codes that the rows hold. */
export type SegmentNames = {
  readonly currency: ReadonlyMap<number, string>;
  readonly channel: ReadonlyMap<number, string>;
};

/** The figures by which a policy judges a payment, from the codes of its currency and channel; looked up once each. */
export type CostAt = (currency: number, channel: number) => CostModel;

export function segmentCosts(policy: Policy, names: SegmentNames): CostAt {
  if (policy.segments.length === 0) return () => policy.cost;
  const width = Math.max(0, ...names.channel.keys()) + 1;
  const known: CostModel[] = [];
  return (currency, channel) => {
    const at = currency * width + channel;
    const found = known[at];
    if (found !== undefined) return found;
    const named = {
      currency: names.currency.get(currency) ?? "",
      channel: names.channel.get(channel) ?? null,
    };
    const cost = policyFor(policy, named).cost;
    known[at] = cost;
    return cost;
  };
}
