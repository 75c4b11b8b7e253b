import { parseAsInteger, parseAsStringLiteral } from "nuqs/server";

export const trialOrders = ["standing", "number", "family", "rows", "metric", "seconds"] as const;
export type TrialOrder = (typeof trialOrders)[number];

/** How the trials are sorted, and which one is open. */
export const experimentParams = {
  sort: parseAsStringLiteral(trialOrders).withDefault("standing"),
  trial: parseAsInteger,
};
