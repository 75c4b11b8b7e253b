import { boundFrom, countedQuantile, slowerThan, type TimedWindow, totalCounts } from "./counted-times.ts";
import type { GateCheck } from "./guardrails.ts";
import { counted, percent } from "./percent.ts";
import { sequentialInterval, sequentialShare } from "./sequential-share.ts";

/** Times of all scoring servers, counted by duration in windows of some seconds. */
export type Times = {
  readonly now: readonly TimedWindow[];
  /** of the champion before, in its last day */
  readonly before: readonly TimedWindow[];
  /** upper ends of the counts, in seconds */
  readonly bounds: readonly number[];
};

export type LatencyLimits = {
  /** with fewer requests nothing is said */
  readonly leastRequests: number;
  /** chance that it ever breaks without any change */
  readonly alpha: number;
  /** 99 of 100 may take so many times as long as before */
  readonly factor: number;
  /** and so long in any case, in seconds: a request, and one payment's score */
  readonly leastAnswer: number;
  readonly leastScore: number;
};

const latencyDefaults: LatencyLimits = {
  leastRequests: 500,
  alpha: 0.001,
  factor: 2,
  leastAnswer: 0.05,
  leastScore: 0.0002,
};

/** One in a hundred is what the 99th percentile leaves beyond itself. */
const BEYOND = 0.01;

/**
 * Whether requests take too long since a champion decides, and by its doing: the 99th percentile of requests has grown
 * beyond chance, and that of its scores too. A busy database slows the first alone, and is no reason to take a model
 * back. Windows of some seconds are what the spread is between, as what is slow is slow together.
 */
export function latencyGuardrail(
  answers: Times,
  scores: Times,
  limits: LatencyLimits = latencyDefaults,
): GateCheck {
  const name = "latency";
  const unknown = (says: string): GateCheck => ({ name, passed: null, value: null, limit: null, says });
  const request = judged(answers, limits.leastAnswer, limits);
  if (request === null) return unknown("How long answers took the champion before is not known.");
  if (request.total < limits.leastRequests)
    return unknown(
      `${counted(request.total)} requests timed since the promotion; ${limits.leastRequests} are needed.`,
    );
  const { p99, p99Before, limit } = request;
  const took = `99 of 100 requests are answered within ${ms(p99)}, under the champion before within ${ms(p99Before)}; ${ms(limit)} is the limit`;
  const shared = { name, value: p99 * 1_000, limit: limit * 1_000 };
  if (!request.isSlow) return { ...shared, passed: true, says: `${took}.` };
  const score = judged(scores, limits.leastScore, limits);
  const slower = `${took}, and ${percent(request.share)} took longer`;
  if (score === null || !score.isSlow) {
    const own = score === null ? "" : ` (${ms(score.p99)} a payment, before ${ms(score.p99Before)})`;
    return { ...shared, passed: true, says: `${slower}; the model itself is not slower${own}.` };
  }
  const says = `${slower}; a payment's score takes up to ${ms(score.p99)}, before ${ms(score.p99Before)}.`;
  return { ...shared, passed: false, says };
}

type Judged = {
  readonly total: number;
  readonly p99: number;
  readonly p99Before: number;
  readonly limit: number;
  readonly share: number;
  readonly isSlow: boolean;
};

function judged({ now, before, bounds }: Times, least: number, limits: LatencyLimits): Judged | null {
  const p99Of = (windows: readonly TimedWindow[]): number | null =>
    countedQuantile(totalCounts(windows, bounds.length + 1), bounds, 1 - BEYOND);
  const [p99, p99Before] = [p99Of(now), p99Of(before)];
  if (p99 === null || p99Before === null) return null;
  const limit = boundFrom(bounds, Math.max(least, limits.factor * p99Before));
  const slow = sequentialShare(slowerThan(now, bounds, limit));
  const interval = sequentialInterval(slow, limits.alpha);
  const isSlow = interval !== null && interval.lower > BEYOND;
  return { total: slow.total, p99, p99Before, limit, share: slow.share ?? 0, isSlow };
}

function ms(seconds: number): string {
  const value = seconds * 1_000;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
