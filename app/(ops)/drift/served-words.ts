import { count, plural } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { qualityWord } from "#server/domain/drift-alert.ts";
import type { Served } from "./types.ts";

type Days = Pick<Served, "days">;

/** The newest day that is over, beside the mean of the days before it. */
export function daysReading({ days }: Days): string {
  const over = days.slice(0, -1);
  const last = over.at(-1);
  if (last === undefined) return "No day is over yet";
  const before = over.slice(0, -1).filter(({ decisions }) => decisions > 0);
  const told = `${plural(last.decisions, "payment")} on ${dayShort(`${last.day}T00:00:00Z`)}`;
  if (before.length === 0) return told;
  const mean = before.reduce((sum, { decisions }) => sum + decisions, 0) / before.length;
  return `${told}; ${count(Math.round(mean))} a day before`;
}

/** What of a feature's days is unlike before. */
export function changedReading({ text, days }: Pick<Served["features"][number], "text" | "days">): string {
  const changed = days.filter(({ change }) => change !== null);
  const last = changed.at(-1);
  const name = text.charAt(0).toUpperCase() + text.slice(1);
  if (days.length === 0) return `${name}: not served in these days`;
  if (last?.change == null) return `${name}: whole as usual`;
  return `${name}: ${qualityWord(last.change)} unlike before on ${plural(changed.length, "day")}, last on ${dayShort(`${last.day}T00:00:00Z`)}`;
}
