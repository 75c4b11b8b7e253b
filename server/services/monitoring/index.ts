export { createDecisionAggregator } from "./aggregate-decisions.ts";
export { NO_MODEL, SCORE_FEATURE } from "./decision-tally.ts";
