import { moneyShort } from "#app/format/money.ts";
import { count, plural } from "#app/format/number.ts";
import type { Estimate, Simulation } from "./types.ts";

/** The finding of a trial, as its title. */
export function differenceReading({ difference, currency, floor }: Simulation): string {
  const { minor, flat, rowsChanged } = difference;
  if (rowsChanged === 0) return "This does the same with every payment of the window as the policy in force";
  const amount = `${moneyShort(Math.abs(minor), currency)} ${minor <= 0 ? "less" : "more"}`;
  if (!floor.met) return `This would have cost ${amount}, on too few labelled frauds to say how sure that is`;
  if (flat) return `These payments can hardly tell this from the policy in force: ${amount}`;
  return `This would have cost ${amount} than the policy in force`;
}

/** "€1.2K (€0.9K to €1.6K)"; the interval is left out where there is none. */
export function estimateText({ minor, interval }: Estimate, currency: string): string {
  if (interval === null) return moneyShort(minor, currency);
  return `${moneyShort(minor, currency)} (${intervalText(interval, currency)})`;
}

/** "€0.9K to €1.6K". */
export function intervalText({ lower, upper }: NonNullable<Estimate["interval"]>, currency: string): string {
  return `${moneyShort(lower, currency)} to ${moneyShort(upper, currency)}`;
}

/** What nobody can know about payments that were declined. */
export function unknownReading({ unknown, currency }: Simulation): string | null {
  if (unknown.rows === 0) return null;
  const { lowerMinor, upperMinor } = unknown.difference;
  const what = `${plural(unknown.rows, "payment")} were declined and never labelled: nobody knows how they would have ended`;
  if (lowerMinor === 0 && upperMinor === 0) return `${what}, and both policies do the same with them.`;
  return `${what}. Whatever they were, they would move the difference by ${moneyShort(lowerMinor, currency)} to ${moneyShort(upperMinor, currency)}.`;
}

/** Whether the analysts would have coped. */
export function loadReading({ candidate: { cases } }: Simulation): string {
  if (cases.daysOverCapacity === 0)
    return `At most ${plural(cases.busiestDay, "case")} on a day, within the capacity.`;
  return `On ${plural(cases.daysOverCapacity, "day")} there were more cases than capacity: ${count(cases.unworked)} would have been let through or declined without a person, whichever is expected to cost less.`;
}
