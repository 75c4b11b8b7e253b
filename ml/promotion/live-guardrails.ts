import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { GateCheck } from "./guardrails.ts";
import { percent } from "./percent.ts";

/** Decisions counted by what became of them. */
export type LiveCounts = {
  readonly decisions: number;
  /** the model could not score */
  readonly failed: number;
  readonly reviewed: number;
  readonly declined: number;
  /** of the reviewed, those with a label, and those that were fraud */
  readonly labelledReviews: number;
  readonly fraudReviews: number;
};

export type LiveDay = Pick<LiveCounts, "decisions" | "reviewed" | "declined">;

export type LiveLimits = {
  /** with fewer decisions nothing is looked at */
  readonly leastDecisions: number;
  readonly leastLabelled: number;
  /** days of the week before with so many decisions make the band, and how many of them it takes */
  readonly leastDayDecisions: number;
  readonly leastDays: number;
  /** of the intervals that must lie beyond a limit */
  readonly confidence: number;
  /** share of payments that may fail beyond those of before */
  readonly failedShare: number;
  /** the band reaches from this part of the lowest day to so many times the highest, and a point beyond */
  readonly lowest: number;
  readonly highest: number;
  readonly margin: number;
  /** precision of reviews may fall to this part of before */
  readonly precisionPart: number;
};

const liveDefaults: LiveLimits = {
  leastDecisions: 500,
  leastLabelled: 50,
  leastDayDecisions: 100,
  leastDays: 3,
  confidence: 0.999,
  failedShare: 0.01,
  lowest: 0.25,
  highest: 2,
  margin: 0.01,
  precisionPart: 0.5,
};

/**
 * What a champion does live, against its predecessor's last week: payments it fails to score, how many it sends to
 * review or declines, and how many of its reviews were fraud. Broken only where an interval (Wilson, 99.9 %) lies
 * wholly beyond the limit, since it is looked at again and again.
 */
export function liveGuardrails(
  now: LiveCounts,
  before: { readonly counts: LiveCounts; readonly days: readonly LiveDay[] },
  limits: LiveLimits = liveDefaults,
): GateCheck[] {
  return [
    failedCheck(now, before.counts, limits),
    bandCheck("reviewed", now, { days: before.days, limits }),
    bandCheck("declined", now, { days: before.days, limits }),
    precisionCheck(now, before.counts, limits),
  ];
}

function failedCheck(now: LiveCounts, before: LiveCounts, limits: LiveLimits): GateCheck {
  const name = "failed";
  if (now.decisions < limits.leastDecisions) return unknown(name, tooFew(now, limits));
  const limit = shareOf(before.failed, before.decisions) + limits.failedShare;
  const value = shareOf(now.failed, now.decisions);
  const interval = wilsonInterval(now.failed, now.decisions, limits.confidence);
  const says = `${percent(value)} of the last ${now.decisions} payments could not be scored; ${percent(limit)} is the limit.`;
  return { name, passed: (interval?.lower ?? 0) <= limit, value, limit, says };
}

type Band = { readonly days: readonly LiveDay[]; readonly limits: LiveLimits };

function bandCheck(name: "reviewed" | "declined", now: LiveCounts, { days, limits }: Band): GateCheck {
  if (now.decisions < limits.leastDecisions) return unknown(name, tooFew(now, limits));
  const shares = days
    .filter(({ decisions }) => decisions >= limits.leastDayDecisions)
    .map((day) => shareOf(day[name], day.decisions));
  if (shares.length < limits.leastDays)
    return unknown(name, "The week before has too few days with decisions to make a band.");
  const lower = Math.max(0, Math.min(...shares) * limits.lowest - limits.margin);
  const upper = Math.min(1, Math.max(...shares) * limits.highest + limits.margin);
  const value = shareOf(now[name], now.decisions);
  const interval = wilsonInterval(now[name], now.decisions, limits.confidence);
  const passed = interval === null || (interval.lower <= upper && interval.upper >= lower);
  const did = name === "reviewed" ? "sent to review" : "declined";
  const says = `${percent(value)} of the last ${now.decisions} payments were ${did}; ${percent(lower)} to ${percent(upper)} fits the week before.`;
  return { name, passed, value, limit: value > upper ? upper : lower, says };
}

function precisionCheck(now: LiveCounts, before: LiveCounts, limits: LiveLimits): GateCheck {
  const name = "precision";
  if (Math.min(now.labelledReviews, before.labelledReviews) < limits.leastLabelled)
    return unknown(name, `Fewer than ${limits.leastLabelled} reviewed payments have a label.`);
  const limit = limits.precisionPart * shareOf(before.fraudReviews, before.labelledReviews);
  const value = shareOf(now.fraudReviews, now.labelledReviews);
  const interval = wilsonInterval(now.fraudReviews, now.labelledReviews, limits.confidence);
  const says = `${percent(value)} of ${now.labelledReviews} reviewed payments with a label were fraud; under ${percent(limit)} is too few.`;
  return { name, passed: (interval?.upper ?? 1) >= limit, value, limit, says };
}

function unknown(name: string, says: string): GateCheck {
  return { name, passed: null, value: null, limit: null, says };
}

function tooFew({ decisions }: LiveCounts, { leastDecisions }: LiveLimits): string {
  return `${decisions} decisions since the promotion; ${leastDecisions} are needed.`;
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
