import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { type CostModel, segmentCost } from "#server/domain/cost.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ResolvedWindow, resolveWindow } from "#server/services/performance/resolve-window.ts";
import type { RowCounts } from "#server/services/performance/served.ts";
import { activeOutcomes } from "#server/services/policy/active-outcomes.ts";
import { countClasses, currencyOfRows } from "#server/services/policy/known-counts.ts";
import type { LedgerInput } from "#server/services/policy/outcome-ledger.ts";
import type { SegmentNames } from "#server/services/policy/segment-costs.ts";

/** `currency` null: the window's most frequent one. Money of different currencies is never added. */
export type ReadCostsInput = AnalysisWindow & { readonly currency: string | null };

/** The payments that a page of costs looks at, and the figures that judge them. */
export type CostWindow = {
  readonly window: ResolvedWindow;
  readonly policy: Policy;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly names: SegmentNames;
  /** the figures of the currency's segment, else the policy's: one set, so that a curve can be drawn */
  readonly cost: CostModel;
  readonly counts: RowCounts;
  readonly floor: { readonly needed: number; readonly met: boolean };
  /** judged by `cost` */
  readonly input: LedgerInput;
};

/**
 * Null when nothing was scored.
 * @throws ServiceError "forbidden"; "invalid" for a window that is none; "not_found" for an unknown version
 */
export async function costWindow(ctx: ServiceContext, asked: ReadCostsInput): Promise<CostWindow | null> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return null;
  const rows = await readRows(ctx.db, window);
  const names = {
    currency: await readCodes(ctx.db, "currency"),
    channel: await readCodes(ctx.db, "channel"),
  };
  const { currencies, code, currency } = currencyOfRows(rows, names.currency, asked.currency);
  const policy = window.policy?.policy ?? defaultPolicy;
  const cost = figuresOf(policy, currency);
  const classes = classifyRows(rows, window);
  const counts = countClasses(classes, rows, code);
  return {
    window,
    policy,
    currency,
    currencies,
    names,
    cost,
    counts,
    floor: { needed: MIN_LABELLED_FRAUDS, met: counts.fraud >= MIN_LABELLED_FRAUDS },
    input: { rows, classes, currency: code, costAt: () => cost },
  };
}

/** The figures of a currency, whatever the channel. */
function figuresOf(policy: Policy, currency: string): CostModel {
  return segmentCost(policy.segments, { currency }) ?? policy.cost;
}

/** What the policy in force, as it is now, would have done with each row. */
export function outcomesInForce({ input, policy, names }: CostWindow): Uint8Array {
  return activeOutcomes(input.rows, policy, names).outcomes;
}
