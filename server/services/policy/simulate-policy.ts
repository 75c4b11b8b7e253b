import { z } from "zod";
import { poissonBootstrap, type Replicates, replicateInterval } from "#ml/evaluation/poisson-bootstrap.ts";
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
import { APPROVE, assignOutcomes } from "./assign-outcomes.ts";
import { countClasses, currencyOfRows } from "./known-counts.ts";
import { type LedgerInput, outcomeLedger } from "./outcome-ledger.ts";
import { segmentCosts } from "./segment-costs.ts";
import {
  APPROVE_ALL_AT,
  costAt,
  type Estimate,
  MEASURES,
  type Simulated,
  simulatedOf,
} from "./simulated-view.ts";
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
      readonly difference: Estimate & {
        /** true when these payments cannot tell the two apart, or they cost within 2 % of each other */
        readonly flat: boolean;
        /** rows of the currency to which the two do different things */
        readonly rowsChanged: number;
      };
      readonly unknown: Unknown;
    };

const REPLICATES = 200;
const FLAT_SHARE = 0.02;

/**
 * What a policy would have done and cost on a past window, from the scores as they were served, beside the active one
 * on the same payments. Both are judged by the figures of the policy that is tried. Intervals are 95 % percentiles of a
 * Poisson bootstrap by customer; null under the floor of labelled frauds.
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
  const active = assignOutcomes(rows, activePolicy, {
    costAt: segmentCosts(activePolicy, names),
    capacityPerDay: activePolicy.reviewCapacityPerDay,
  });
  const input = { rows, classes, currency: code, costAt: judge };
  const counts = countClasses(classes, rows, code);
  const met = counts.fraud >= MIN_LABELLED_FRAUDS;
  const compared = compare(input, candidate.outcomes, active.outcomes, met ? asked.seed : null);
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

type Compared = {
  candidate: ReturnType<typeof outcomeLedger>;
  active: ReturnType<typeof outcomeLedger>;
  approveAllMinor: number;
  replicates: Replicates | null;
  difference: Extract<SimulationView, { status: "read" }>["difference"];
};

/** `seed` null: no intervals. */
function compare(
  input: LedgerInput,
  candidate: Uint8Array,
  active: Uint8Array,
  seed: number | null,
): Compared {
  const { customer } = input.rows.columns;
  const customers = customer.reduce((most, code) => Math.max(most, code), 0) + 1;
  const sums = new Float64Array(seed === null ? 0 : customers * MEASURES);
  const into = (offset: number) => (seed === null ? null : { sums, measures: MEASURES, offset });
  const ours = outcomeLedger(input, candidate, into(0));
  const theirs = outcomeLedger(input, active, into(3));
  const approveAllMinor = approveAll(input, seed === null ? null : sums);
  const replicates =
    seed === null
      ? null
      : poissonBootstrap({ sums: withoutEmpty(sums), measures: MEASURES }, { seed, replicates: REPLICATES });
  const minor = totalOf(ours) - totalOf(theirs);
  const interval =
    replicates === null ? null : replicateInterval(replicates, (t) => costAt(t, 0) - costAt(t, 3));
  const cannotTell = interval !== null && interval.lower <= 0 && interval.upper >= 0;
  const flat = cannotTell || Math.abs(minor) <= FLAT_SHARE * totalOf(theirs);
  const rowsChanged = changedRows(input, candidate, active);
  return {
    candidate: ours,
    active: theirs,
    approveAllMinor,
    replicates,
    difference: { minor, interval, flat, rowsChanged },
  };
}

/** What every known fraud would have cost had nothing been done; each customer's part goes to its place. */
function approveAll(input: LedgerInput, sums: Float64Array | null): number {
  const everything = new Uint8Array(input.rows.rows).fill(APPROVE);
  if (sums === null) return totalOf(outcomeLedger(input, everything, null));
  // Approving costs nothing but losses, so the two places after the first stay untouched.
  return totalOf(outcomeLedger(input, everything, { sums, measures: MEASURES, offset: APPROVE_ALL_AT }));
}

function changedRows({ rows, currency }: LedgerInput, candidate: Uint8Array, active: Uint8Array): number {
  let changed = 0;
  for (let i = 0; i < rows.rows; i++) {
    if (candidate[i] !== active[i] && rows.columns.currency[i] === currency) changed++;
  }
  return changed;
}

function totalOf({ lostMinor, frictionMinor, reviewMinor }: ReturnType<typeof outcomeLedger>): number {
  return lostMinor + frictionMinor + reviewMinor;
}

/** Customers who cost nothing under any policy change no replicate. */
function withoutEmpty(sums: Float64Array): Float64Array {
  const kept = new Float64Array(sums.length);
  let to = 0;
  for (let from = 0; from < sums.length; from += MEASURES) {
    let any = false;
    for (let m = 0; m < MEASURES; m++) any ||= sums[from + m] !== 0;
    if (!any) continue;
    kept.set(sums.subarray(from, from + MEASURES), to);
    to += MEASURES;
  }
  return kept.subarray(0, to);
}
