import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import type { SampledWindow } from "#ml/monitoring/domain-classifier.ts";
import type { WindowRows } from "#ml/monitoring/window-facts.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { decide, type Policy, policyFor } from "#server/domain/policy.ts";

/** Rows of a window that the multivariate measures look at. */
const SAMPLED_ROWS = 1_500;

/** Weeks before the watch that tell what is usual. */
export const BASELINE_WEEKS = 14;

/** Aggregates that tell the date, not the payment. */
const calendar: ReadonlySet<string> = new Set(["weekday", "weekend"]);

/** Features of the calendar, which move with the days compared. */
export function calendarFeatures(definitions: Iterable<FeatureDefinition>): ReadonlySet<string> {
  return new Set([...definitions].filter(({ aggregate }) => calendar.has(aggregate)).map(({ name }) => name));
}

/** A payment of a window, its score by the model that is watched; null where that could not say. */
export type WatchedPayment = {
  readonly score: number | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly channel: string | null;
  readonly customerId: string;
  /** whether a fraud label was known at the end of the window */
  readonly reported: boolean;
};

export type WatchedWindow = {
  readonly payments: readonly WatchedPayment[];
  /** row-major, in the order of the payments */
  readonly features: Float64Array;
  readonly width: number;
  readonly labelDelays: WindowRows["labelDelays"];
};

/**
 * The rows of a window under one policy, whatever was decided at the time, so that a change of policy is no drift.
 * Capacity is left out: it bounds a day, not what a payment deserves.
 */
export function watchedRows(window: WatchedWindow, policy: Policy): WindowRows {
  const { payments, features, width, labelDelays } = window;
  const rows = payments.length;
  const scores = Float64Array.from(payments, ({ score }) => score ?? Number.NaN);
  const alerted = new Uint8Array(rows);
  const costMinor = new Float64Array(rows);
  for (const [row, payment] of payments.entries()) {
    const { score, amountMinor } = payment;
    if (score === null) continue;
    const own = policyFor(policy, payment);
    const outcome = decide({ status: "scored", score }, amountMinor, own);
    alerted[row] = Number(outcome !== "approve");
    costMinor[row] = expectedCosts(score, amountMinor, own.cost)[outcome];
  }
  const reported = Uint8Array.from(payments, (payment) => Number(payment.reported));
  return { rows, width, features, scores, alerted, costMinor, reported, labelDelays };
}

/** Rows of a window, evenly spread over it. */
export function sampledWindow(
  { payments, features, width }: WatchedWindow,
  most = SAMPLED_ROWS,
): SampledWindow {
  const rows = Math.min(most, payments.length);
  const sampled = new Float64Array(rows * width);
  const groups: string[] = [];
  for (let at = 0; at < rows; at++) {
    const row = Math.floor((at * payments.length) / rows);
    sampled.set(features.subarray(row * width, (row + 1) * width), at * width);
    groups.push(payments[row]?.customerId ?? "");
  }
  return { rows, features: sampled, groups };
}
