import type { FeatureAssessment } from "#ml/monitoring/assess-window.ts";
import type { WatchedModel } from "./watched-model.ts";
import type { ShortFeature } from "./week-body.ts";

export const SCORE = "score";

/** One feature over the weeks shown; its figures are those of the week looked at. Null where there is not enough. */
export type FeatureDriftView = {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
  /** a day of the week or the like: it always "moves" unless whole weeks are compared, so it is never judged */
  readonly isCalendar: boolean;
  /** share of the model's importance; null where it is not known */
  readonly importance: number | null;
  readonly psi: number | null;
  /** PSI from which it counts as drift at this sample size */
  readonly limit: number | null;
  readonly moved: boolean;
  readonly quality: FeatureAssessment["quality"];
  readonly missing: number | null;
  readonly unseen: number | null;
  readonly outside: number | null;
  /** PSI of each week shown, to three digits */
  readonly psiByWeek: readonly (number | null)[];
  /** places of the weeks in which it counted as drift */
  readonly movedAt: readonly number[];
};

/** A feature's name in words. */
export function wordsOf(
  model: Pick<WatchedModel, "definitions" | "skip">,
  name: string,
): Pick<FeatureDriftView, "text" | "unit" | "isCalendar"> {
  if (name === SCORE) return { text: "score", unit: "ratio", isCalendar: false };
  const definition = model.definitions.get(name);
  return {
    text: definition?.text ?? name,
    unit: definition?.unit ?? "number",
    isCalendar: model.skip.has(name),
  };
}

/** A feature over weeks, told by the one at `at`. */
export function featureView(
  model: WatchedModel,
  name: string,
  { weeks, at }: { readonly weeks: readonly (ShortFeature | undefined)[]; readonly at: number },
): FeatureDriftView {
  const [psi, limit, moved, quality, missing, unseen, outside] = weeks[at] ?? noFeature;
  const importance = model.importance === null ? null : (model.importance.get(name) ?? 0);
  return {
    name,
    ...wordsOf(model, name),
    importance: name === SCORE ? null : importance,
    ...{ psi, limit, moved, quality, missing, unseen, outside },
    psiByWeek: weeks.map((week) => (week?.[0] == null ? null : Number(week[0].toPrecision(3)))),
    movedAt: weeks.flatMap((week, place) => (week?.[2] === true ? [place] : [])),
  };
}

const noFeature: ShortFeature = [null, null, false, null, null, null, null];

/** Worst first: drift times importance, then drift; the calendar and what cannot be judged last. */
export function byDrift(a: FeatureDriftView, b: FeatureDriftView): number {
  return worth(b) - worth(a) || (b.psi ?? -1) - (a.psi ?? -1) || (a.name < b.name ? -1 : 1);
}

function worth({ psi, importance, isCalendar }: FeatureDriftView): number {
  if (isCalendar || psi === null) return isCalendar ? -2 : -1;
  return psi * (importance ?? 1);
}
