export {
  type AggregatorDeps,
  createDecisionAggregator,
  type DecisionAggregator,
  MONITORING_CURSOR,
} from "./aggregate-decisions.ts";
export { NO_MODEL, SCORE_FEATURE } from "./decision-tally.ts";
