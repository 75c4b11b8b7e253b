import { percent, plural } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import type { Cohort, Track } from "./types.ts";

export type CohortMeasure = keyof Cohort["realised"];

const names: Readonly<Record<CohortMeasure, string>> = {
  precision: "Precision",
  recall: "Recall",
  averagePrecision: "Average precision",
};

export function measureName(measure: CohortMeasure): string {
  return names[measure];
}

/** A measure as people read it: shares in percent, average precision as it is. */
export function figure(measure: CohortMeasure, value: number | null, decimals = 1): string {
  if (value === null) return "–";
  return measure === "averagePrecision"
    ? value.toFixed(decimals + 2)
    : `${(value * 100).toFixed(decimals)} %`;
}

/** A difference: "4.2 points", "0.042". */
export function distance(measure: CohortMeasure, value: number | null): string {
  if (value === null) return "–";
  return measure === "averagePrecision" ? value.toFixed(3) : `${(value * 100).toFixed(1)} points`;
}

/** The latest that came true beside the latest to be expected. */
export function cohortReading(cohorts: readonly Cohort[], measure: CohortMeasure): string {
  const name = names[measure];
  const realised = cohorts.findLast((cohort) => cohort.realised[measure].value !== null);
  const latest = cohorts.findLast((cohort) => cohort.estimated[measure].value !== null);
  const expected =
    latest === undefined
      ? ""
      : `; to be expected of the week of ${dayShort(latest.from)}: ${figure(measure, latest.estimated[measure].value)}`;
  if (realised === undefined) return `${name}: too little has matured to say what came true${expected}`;
  const came = figure(measure, realised.realised[measure].value);
  return `${name} came to ${came} in the week of ${dayShort(realised.from)}${latest === realised ? "" : expected}`;
}

/** Weeks that show nothing realised, by reason, oldest first. */
export function hiddenWeeks(
  cohorts: readonly Cohort[],
  measure: CohortMeasure,
): { readonly because: string; readonly weeks: readonly string[] }[] {
  const hidden = cohorts.flatMap(({ from, realised }) => {
    const because = realised[measure].hidden;
    return because === null ? [] : [{ because, from }];
  });
  return [...Map.groupBy(hidden, ({ because }) => because)].map(([because, weeks]) => ({
    because,
    weeks: weeks.map(({ from }) => dayShort(from)),
  }));
}

/** Weeks whose figure rests on a part of their payments. */
export function partWeeks(cohorts: readonly Cohort[], measure: CohortMeasure): string[] {
  return cohorts
    .filter(({ maturedShare, realised }) => (maturedShare ?? 1) < 1 && realised[measure].value !== null)
    .map(
      ({ from, maturedShare }) =>
        `The week of ${dayShort(from)} rests on the ${percent(maturedShare, 0)} of its payments that have matured.`,
    );
}

/** How far estimates may be trusted, in a sentence. */
export function trackReading(track: Readonly<Record<CohortMeasure, Track>>): string {
  const { weeks, meanAbsoluteError, covered } = track.recall;
  if (weeks === 0) return "No estimate could be held against what came true yet";
  return `Estimates of recall were ${distance("recall", meanAbsoluteError)} off on average over ${plural(weeks, "week")}; ${covered} of ${weeks} came true inside their interval`;
}
