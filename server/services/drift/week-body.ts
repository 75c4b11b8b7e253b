import type { FeatureAssessment, WindowAssessment } from "#ml/monitoring/assess-window.ts";
import type { ServedWeek } from "./read-week.ts";

/** A feature in a week, as short as it can be told: pages read hundreds of them. */
export type ShortFeature = readonly [
  psi: number | null,
  limit: number | null,
  moved: boolean,
  quality: FeatureAssessment["quality"],
  missing: number | null,
  unseen: number | null,
  outside: number | null,
];

/** drift_window.body: plain JSON. */
export type WeekBody = Pick<WindowAssessment, "rows" | "enough" | "figures" | "series" | "givenAwayBy"> & {
  /** in the order of the feature set */
  readonly features: readonly ShortFeature[];
  readonly score: ShortFeature;
  readonly reported: number;
  readonly caught: number;
  readonly served: ServedWeek;
};

/** The short form of a feature, to four digits. */
export function shortFeature(feature: FeatureAssessment): ShortFeature {
  const { drift, limit, moved, quality, missing, unseen, outside } = feature;
  const round = (value: number | null): number | null =>
    value === null ? null : Number(value.toPrecision(4));
  return [
    round(drift?.psi ?? null),
    round(limit),
    moved,
    quality,
    round(missing),
    round(unseen),
    round(outside),
  ];
}
