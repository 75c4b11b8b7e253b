import { createLoader, parseAsNumberLiteral, parseAsString } from "nuqs/server";

export const driftSpans = [1, 7, 14, 30] as const;

/** `feature` null: the one that moved furthest. */
export const driftParams = {
  days: parseAsNumberLiteral(driftSpans).withDefault(7),
  feature: parseAsString,
};
export const loadDriftParams = createLoader(driftParams);
