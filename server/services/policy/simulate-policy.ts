import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy, Policy } from "#server/domain/policy.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolveWindow } from "#server/services/performance/resolve-window.ts";
import type { RowCounts } from "#server/services/performance/served.ts";
import { type WindowView, windowView } from "#server/services/performance/window-view.ts";
import { activeOutcomes } from "./active-outcomes.ts";
import { assignOutcomes } from "./assign-outcomes.ts";
import { comparePolicies, type Difference } from "./compare-policies.ts";
import { countClasses, currencyOfRows } from "./known-counts.ts";
import { segmentCosts } from "./segment-costs.ts";
import { type Simulated, simulatedOf } from "./simulated-view.ts";
import { type Unknown, unknownBounds } from "./unknown-bounds.ts";

export const SimulatePolicyInput = z.object({
  window: AnalysisWindow,
  policy: Policy,
  /** null: the window's most frequent one. Money of different currencies is never added. */
  currency: z.string().length(3).nullable().default(null),
  seed: z.int().min(0).default(1),
});
export type SimulatePolicyInput = z.infer<typeof SimulatePolicyInput>;

export type SimulationView =
  | { readonly status: "nothing_scored" }
  | {
      readonly status: "read";
      readonly window: WindowView;
      readonly currency: string;
      readonly currencies: readonly string[];
      readonly counts: RowCounts;
      readonly floor: { readonly needed: number; readonly met: boolean };
      /** null before any policy was active; compared with the starting one then */
      readonly activeNumber: number | null;
      readonly candidate: Simulated;
      readonly active: Simulated;
      readonly approveAllMinor: number;
      /** candidate minus active: negative is cheaper. Paired: both on the same customers in each replicate */
      readonly difference: Difference;
      readonly unknown: Unknown;
    };

/**
 * What a policy would have done and cost on a past window, from the scores as they were served, beside the active one
 * on the same payments. Both are judged by the figures of the policy that is tried. Intervals are 95 % percentiles of a
 * Poisson bootstrap by customer; null under the floor of labelled frauds. Lets other requests in between its passes.
 * @throws ServiceError "forbidden"; "invalid" for a window that is none; "not_found" for an unknown version
 */
export async function simulatePolicy(
  ctx: ServiceContext,
  asked: SimulatePolicyInput,
): Promise<SimulationView> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked.window);
  if (window === null) return { status: "nothing_scored" };
  const rows = await readRows(ctx.db, window);
  const names = {
    currency: await readCodes(ctx.db, "currency"),
    channel: await readCodes(ctx.db, "channel"),
  };
  const { currencies, code, currency } = currencyOfRows(rows, names.currency, asked.currency);
  const classes = classifyRows(rows, window);
  const activePolicy = window.policy?.policy ?? defaultPolicy;
  const judge = segmentCosts(asked.policy, names);
  const candidate = assignOutcomes(rows, asked.policy, {
    costAt: judge,
    capacityPerDay: asked.policy.reviewCapacityPerDay,
  });
  await nextTurn();
  const active = activeOutcomes(rows, activePolicy, names);
  const input = { rows, classes, currency: code, costAt: judge };
  const counts = countClasses(classes, rows, code);
  const met = counts.fraud >= MIN_LABELLED_FRAUDS;
  await nextTurn();
  const compared = comparePolicies(input, [candidate.outcomes, active.outcomes], met ? asked.seed : null);
  const shared = { approveAllMinor: compared.approveAllMinor, replicates: compared.replicates };
  return {
    status: "read",
    window: windowView(window),
    currency,
    currencies,
    counts,
    floor: { needed: MIN_LABELLED_FRAUDS, met },
    activeNumber: window.policy?.number ?? null,
    candidate: simulatedOf(compared.candidate, candidate.days, { ...shared, at: 0 }),
    active: simulatedOf(compared.active, active.days, { ...shared, at: 3 }),
    approveAllMinor: compared.approveAllMinor,
    difference: compared.difference,
    unknown: unknownBounds(input, candidate.outcomes, active.outcomes),
  };
}
