import type { Policy } from "#server/domain/policy.ts";
import type { AnalysisRows } from "#server/services/analysis/index.ts";
import { type Assigned, assignOutcomes } from "./assign-outcomes.ts";
import { type SegmentNames, segmentCosts } from "./segment-costs.ts";

type Held = { readonly policy: string; readonly assigned: Assigned };
const held = new WeakMap<AnalysisRows, Held>();

/**
 * What the policy in force would have done with each row. Remembered as long as the rows are: whoever moves a slider
 * compares with the same policy every time.
 */
export function activeOutcomes(rows: AnalysisRows, policy: Policy, names: SegmentNames): Assigned {
  const text = JSON.stringify(policy);
  const known = held.get(rows);
  if (known?.policy === text) return known.assigned;
  const assigned = assignOutcomes(rows, policy, {
    costAt: segmentCosts(policy, names),
    capacityPerDay: policy.reviewCapacityPerDay,
  });
  held.set(rows, { policy: text, assigned });
  return assigned;
}
