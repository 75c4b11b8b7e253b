import { parseAsFloat, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import type { Policy } from "#server/domain/policy.ts";

/** What of the policy in force is changed for a trial; null leaves it. */
export const triedParams = {
  by: parseAsStringLiteral(["cost", "thresholds"] as const),
  review: parseAsFloat,
  decline: parseAsFloat,
  analysts: parseAsInteger,
};

export type Tried = {
  readonly by: Policy["mode"] | null;
  readonly review: number | null;
  readonly decline: number | null;
  readonly analysts: number | null;
};

export const nothingTried: Tried = { by: null, review: null, decline: null, analysts: null };
export const MOST_ANALYSTS = 50;

/**
 * The policy in force with what is tried. Each analyst works as many cases as now, so that one analyst fewer is one
 * share of the capacity fewer; a review threshold above the decline threshold pushes the latter up.
 */
export function triedPolicy(active: Policy, tried: Tried): Policy {
  const analysts = clamped(tried.analysts ?? active.analysts, 0, MOST_ANALYSTS);
  const reviewThreshold = clamped(tried.review ?? active.reviewThreshold, 0, 1);
  return {
    ...active,
    mode: tried.by ?? active.mode,
    reviewThreshold,
    declineThreshold: Math.max(reviewThreshold, clamped(tried.decline ?? active.declineThreshold, 0, 1)),
    analysts: Math.max(1, analysts),
    reviewCapacityPerDay: Math.round((active.reviewCapacityPerDay / active.analysts) * analysts),
  };
}

export function isTried(tried: Tried): boolean {
  return Object.values(tried).some((value) => value !== null);
}

function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
