import { type Replicates, replicateInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import type { DayOfCases } from "./assign-outcomes.ts";
import type { Ledger } from "./outcome-ledger.ts";

/** Minor units with a 95 % interval by customer; null without customers enough. */
export type Estimate = { readonly minor: number; readonly interval: Interval | null };

/** What one policy would have come to. Money counts payments whose truth is known. */
export type Simulated = Ledger & {
  readonly cost: Estimate;
  readonly lost: Estimate;
  readonly friction: Estimate;
  readonly review: Estimate;
  /** against approving everything */
  readonly saved: Estimate;
  /** share of known frauds not approved; null without any */
  readonly fraudActedOnShare: number | null;
  readonly cases: CaseLoad;
};

/** Cases of all currencies: analysts do not work by currency. */
export type CaseLoad = {
  readonly perDay: number | null;
  readonly busiestDay: number;
  readonly daysOverCapacity: number;
  /** reviews that nobody would have got to */
  readonly unworked: number;
};

/** Where a ledger's three sums stand among a customer's. */
export type Place = 0 | 3;
export const APPROVE_ALL_AT = 6;
export const MEASURES = 7;

/** `replicates` null: no interval. */
export function simulatedOf(
  ledger: Ledger,
  days: readonly DayOfCases[],
  { approveAllMinor, replicates, at }: { approveAllMinor: number; replicates: Replicates | null; at: Place },
): Simulated {
  const interval = (statistic: (t: Float64Array) => number): Interval | null =>
    replicates === null ? null : replicateInterval(replicates, statistic);
  const one = (minor: number, place: number): Estimate => ({
    minor,
    interval: interval((t) => t[at + place] ?? 0),
  });
  const { lostMinor, frictionMinor, reviewMinor } = ledger;
  const costMinor = lostMinor + frictionMinor + reviewMinor;
  const frauds = ledger.fraudApproved + ledger.fraudReviewed + ledger.fraudDeclined;
  return {
    ...ledger,
    cost: { minor: costMinor, interval: interval((t) => costAt(t, at)) },
    lost: one(lostMinor, 0),
    friction: one(frictionMinor, 1),
    review: one(reviewMinor, 2),
    saved: {
      minor: approveAllMinor - costMinor,
      interval: interval((t) => (t[APPROVE_ALL_AT] ?? 0) - costAt(t, at)),
    },
    fraudActedOnShare: frauds === 0 ? null : 1 - ledger.fraudApproved / frauds,
    cases: caseLoad(days),
  };
}

/** Total cost of a replicate. */
export function costAt(totals: Float64Array, at: Place): number {
  return (totals[at] ?? 0) + (totals[at + 1] ?? 0) + (totals[at + 2] ?? 0);
}

function caseLoad(days: readonly DayOfCases[]): CaseLoad {
  const worked = days.reduce((sum, day) => sum + day.worked, 0);
  return {
    perDay: days.length === 0 ? null : worked / days.length,
    busiestDay: days.reduce((most, day) => Math.max(most, day.asked), 0),
    daysOverCapacity: days.filter((day) => day.asked > day.worked).length,
    unworked: days.reduce((sum, day) => sum + day.asked - day.worked, 0),
  };
}
