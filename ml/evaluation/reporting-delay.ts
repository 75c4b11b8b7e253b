import { normalQuantile } from "#ml/math/normal.ts";
import type { Interval } from "./wilson-interval.ts";

/** Labels of payments of one age that came after one delay. Ages and delays are whole days. */
export type DelayCount = {
  /** days since the payment, of its last complete day */
  readonly ageDays: number;
  readonly delayDays: number;
  readonly labels: number;
};

export type Arrived = {
  readonly days: number;
  /** Share of the labels that come within the horizon which are there so many days after the payment. */
  readonly share: number;
  readonly interval: Interval;
};

/**
 * How much of the labels that will come is there after how many days, although young payments have not had the time
 * yet: the product over later days of one minus the reverse hazard (Lynden-Bell 1971, Lagakos et al. 1988; chain
 * ladder to actuaries), so payments of every age are used as far as they reach. Days after which no payment is old
 * enough to tell end the horizon. The 95 % interval is Greenwood's, on the logarithm of the share. Null without labels.
 * O(counts · horizon).
 * @throws RangeError when a count is negative or not whole.
 * @example labels of old payments: 3 on day 0, 1 on day 2 → shares 0.75, 0.75, 1
 */
export function arrivalCurve(counts: readonly DelayCount[], horizonDays: number): Arrived[] | null {
  const seen = counts.filter(({ ageDays, delayDays }) => delayDays <= ageDays && delayDays <= horizonDays);
  for (const { labels } of seen) {
    if (!(Number.isInteger(labels) && labels >= 0))
      throw new RangeError(`${labels} labels cannot be counted`);
  }
  const oldest = Math.max(...seen.filter((one) => one.labels > 0).map((one) => one.ageDays), -1);
  const days = Math.min(horizonDays, oldest);
  if (days < 0) return null;
  const z = normalQuantile(0.975);
  const curve: Arrived[] = [];
  let [share, variance] = [1, 0];
  for (let day = days; day >= 0; day--) {
    const reach = Math.exp(z * Math.sqrt(variance));
    curve.push({ days: day, share, interval: { lower: share / reach, upper: Math.min(1, share * reach) } });
    const { on, within } = atRisk(seen, day);
    if (within === 0) continue;
    share *= 1 - on / within;
    if (on < within) variance += on / (within * (within - on));
  }
  return curve.reverse();
}

/** Labels that came on this day, and up to it, of payments old enough to have had it. */
function atRisk(seen: readonly DelayCount[], day: number): { on: number; within: number } {
  let [on, within] = [0, 0];
  for (const { ageDays, delayDays, labels } of seen) {
    if (ageDays < day || delayDays > day) continue;
    within += labels;
    if (delayDays === day) on += labels;
  }
  return { on, within };
}
