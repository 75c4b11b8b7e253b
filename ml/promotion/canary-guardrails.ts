import { counted, percent } from "./percent.ts";
import {
  type GroupCount,
  type Interval,
  type SequentialShare,
  sequentialDifference,
  sequentialInterval,
  sequentialShare,
} from "./sequential-share.ts";

/** Decisions of an arm's customers, by random group of customers. */
export type ArmGroup = {
  readonly payments: number;
  /** without a score */
  readonly failed: number;
  /** of any cause */
  readonly errors: number;
  readonly reviewed: number;
  readonly declined: number;
};
export type Measure = Exclude<keyof ArmGroup, "payments">;

/** Payments of the challenger scored in a few seconds on a server, and those that took longer than the limit. */
export type SlowCounts = {
  readonly windows: readonly GroupCount[];
  readonly limitMs: number;
  readonly championP99Ms: number;
  readonly canaryP99Ms: number;
};

export type ArmShare = { readonly share: number | null; readonly interval: Interval | null };

export type CanaryCheck = {
  readonly name: Measure | "latency";
  /** null where there is too little to look at */
  readonly passed: boolean | null;
  readonly canary: ArmShare;
  readonly champion: ArmShare;
  /** with its numbers, in words */
  readonly says: string;
};

export type CanaryLimits = {
  /** an arm with fewer payments is not judged */
  readonly leastPayments: number;
  /** chance that any guardrail ever breaks by luck alone, over all looks */
  readonly alpha: number;
  /** share of payments without a score, or with an error, beyond the champion's */
  readonly failedShare: number;
  /** reviews and declines may be from this part to so many times the champion's, and a point beyond */
  readonly lowest: number;
  readonly highest: number;
  readonly margin: number;
};

const canaryDefaults: CanaryLimits = {
  leastPayments: 200,
  alpha: 0.01,
  failedShare: 0.01,
  lowest: 0.25,
  highest: 2,
  margin: 0.01,
};

/** Sides that can break: two of reviews and of declines, one of failures, of errors and of latency. */
const SIDES = 7;
/** Of the intervals that are shown of each arm. */
const SHOWN_ALPHA = 0.05;

/**
 * What a challenger does to its customers against what the champion does to the others, in the same time. Broken only
 * where an interval that holds at every look lies wholly beyond the limit: they may be looked at as often as one likes,
 * and with two equal models any of them ever breaks in 1 of 100 canaries.
 */
export function canaryGuardrails(
  arms: { readonly canary: readonly ArmGroup[]; readonly champion: readonly ArmGroup[] },
  slow: SlowCounts | null,
  limits: CanaryLimits = canaryDefaults,
): CanaryCheck[] {
  const compare = (name: Measure): Compared => ({
    name,
    canary: sequentialShare(countsOf(arms.canary, name)),
    champion: sequentialShare(countsOf(arms.champion, name)),
  });
  return [
    shareCheck(compare("failed"), limits, "could not be scored"),
    shareCheck(compare("errors"), limits, "had an error"),
    bandCheck(compare("reviewed"), limits, "were sent to review"),
    bandCheck(compare("declined"), limits, "were declined"),
    latencyCheck(slow, limits),
  ];
}

type Compared = {
  readonly name: Measure;
  readonly canary: SequentialShare;
  readonly champion: SequentialShare;
};

function countsOf(groups: readonly ArmGroup[], name: Measure): GroupCount[] {
  return groups.map((group) => ({ hits: group[name], total: group.payments }));
}

function shareCheck(compared: Compared, limits: CanaryLimits, did: string): CanaryCheck {
  const { canary, champion } = compared;
  const few = tooFew(compared, limits);
  if (few !== null) return few;
  const difference = sequentialDifference(canary, champion, { alpha: limits.alpha / SIDES });
  const passed = difference === null || difference.lower <= limits.failedShare;
  return check(
    compared,
    passed,
    `${sides(compared, did)}; ${percent(limits.failedShare)} more is the limit.`,
  );
}

function bandCheck(compared: Compared, limits: CanaryLimits, did: string): CanaryCheck {
  const { canary, champion } = compared;
  const few = tooFew(compared, limits);
  if (few !== null) return few;
  const alpha = limits.alpha / SIDES;
  const above = sequentialDifference(canary, champion, { factor: limits.highest, alpha });
  const below = sequentialDifference(canary, champion, { factor: limits.lowest, alpha });
  const tooMany = above !== null && above.lower > limits.margin;
  const isTooFew = below !== null && below.upper < -limits.margin;
  const upper = limits.highest * (champion.share ?? 0) + limits.margin;
  const lower = Math.max(0, limits.lowest * (champion.share ?? 0) - limits.margin);
  const says = `${sides(compared, did)}; ${percent(lower)} to ${percent(Math.min(1, upper))} is within the limits.`;
  return check(compared, !tooMany && !isTooFew, says);
}

function latencyCheck(slow: SlowCounts | null, limits: CanaryLimits): CanaryCheck {
  const none = { share: null, interval: null };
  const unknown = (says: string): CanaryCheck => ({
    name: "latency",
    passed: null,
    canary: none,
    champion: none,
    says,
  });
  if (slow === null) return unknown("No scoring server has told how long scoring takes yet.");
  const share = sequentialShare(slow.windows);
  if (share.total < limits.leastPayments)
    return unknown(`${counted(share.total)} payments timed; ${limits.leastPayments} are needed.`);
  const interval = sequentialInterval(share, limits.alpha / SIDES);
  const passed = interval === null || interval.lower <= 0.01;
  const says = `99 of 100 payments are scored within ${ms(slow.canaryP99Ms)} by the challenger, ${ms(slow.championP99Ms)} by the champion; ${ms(slow.limitMs)} is the limit, and ${percent(share.share ?? 0)} took longer.`;
  const shown = { share: share.share, interval: sequentialInterval(share, SHOWN_ALPHA) };
  return { name: "latency", passed, canary: shown, champion: none, says };
}

function check({ name, canary, champion }: Compared, passed: boolean, says: string): CanaryCheck {
  return { name, passed, canary: shown(canary), champion: shown(champion), says };
}

function shown(share: SequentialShare): ArmShare {
  return { share: share.share, interval: sequentialInterval(share, SHOWN_ALPHA) };
}

function tooFew({ name, canary, champion }: Compared, { leastPayments }: CanaryLimits): CanaryCheck | null {
  if (Math.min(canary.total, champion.total) >= leastPayments) return null;
  const says = `${counted(canary.total)} payments by the challenger, ${counted(champion.total)} by the champion; ${leastPayments} each are needed.`;
  return { name, passed: null, canary: shown(canary), champion: shown(champion), says };
}

function sides({ canary, champion }: Compared, did: string): string {
  return `${percent(canary.share ?? 0)} of ${counted(canary.total)} payments by the challenger ${did}, ${percent(champion.share ?? 0)} of ${counted(champion.total)} by the champion`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
