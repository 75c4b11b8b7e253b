import {
  createLoader,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";

export const driftSpans = [13, 26, 52] as const;
export const driftTabs = ["features", "figures", "data"] as const;

/** `feature` null: the one that moved furthest; `week` null: the newest that is over. */
export const driftParams = {
  weeks: parseAsNumberLiteral(driftSpans).withDefault(26),
  week: parseAsString,
  feature: parseAsString,
  /** page of the features, from 1 */
  page: parseAsInteger.withDefault(1),
  /** the feature whose days are shown; null: the one most unlike before */
  served: parseAsString,
  tab: parseAsStringLiteral(driftTabs).withDefault("features"),
};
export const loadDriftParams = createLoader(driftParams);
