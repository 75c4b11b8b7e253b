import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import type { Cohort } from "./types.ts";

export type CalibratedWeek = Cohort & { readonly calibration: NonNullable<Cohort["calibration"]> };

export function calibratedWeeks(cohorts: readonly Cohort[]): CalibratedWeek[] {
  return cohorts.filter((cohort): cohort is CalibratedWeek => cohort.calibration !== null);
}

/** Weeks whose error is more than chance. */
export function eceReading(weeks: readonly CalibratedWeek[]): string {
  const last = weeks.at(-1);
  if (last === undefined) return "No week has frauds enough to tell its calibration";
  const over = weeks.filter(({ calibration }) => calibration.ece > calibration.eceByChance);
  const latest = `ECE was ${percent(last.calibration.ece, 2)} in the week of ${dayShort(last.from)}`;
  if (over.length === 0) return `${latest}; no week went beyond chance`;
  return `${latest}; ${over.length} of ${weeks.length} weeks went beyond chance, the last that of ${dayShort(over.at(-1)?.from ?? last.from)}`;
}

/** Whether the Brier score moved by more than its intervals from the first to the last week. */
export function brierTrend(weeks: readonly CalibratedWeek[]): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return "No week has frauds enough for a Brier score";
  const [before, after] = [first.calibration, last.calibration];
  const now = `Brier ${after.brier.toPrecision(3)} in the week of ${dayShort(last.from)}`;
  if (first === last || before.brierInterval === null || after.brierInterval === null) return now;
  const apart =
    after.brierInterval.lower > before.brierInterval.upper ||
    after.brierInterval.upper < before.brierInterval.lower;
  const then = `${before.brier.toPrecision(3)} in that of ${dayShort(first.from)}`;
  return apart ? `${now}, from ${then}` : `${now}, within chance of ${then}`;
}
