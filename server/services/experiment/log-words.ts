import type { Trial } from "#ml/training/search/draw-trials.ts";
import type { TrialMeasurement } from "#ml/training/search/measure-trial.ts";
import type { SearchMetric } from "#ml/training/search/metric.ts";
import { searchMetricWords } from "#server/domain/search-metric.ts";

export function metricWords(metric: SearchMetric): string {
  return searchMetricWords[metric];
}

/** "trial 4, gradient boosting, focal: learningRate 0.05, maxDepth 6". */
export function trialWords({ number, family, imbalance, parameters }: Trial): string {
  const drawn = Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`);
  const said = `trial ${number}, ${family.replaceAll("_", " ")}, ${imbalance.replaceAll("_", " ")}`;
  return drawn.length === 0 ? said : `${said}: ${drawn.join(", ")}`;
}

/** The figure of the metric with its interval. */
export function figureWords(metric: SearchMetric, { figures }: Pick<TrialMeasurement, "figures">): string {
  const { value, interval } = figures[metric];
  const said = value === null ? "undefined" : value.toFixed(4);
  const between = interval === null ? "" : ` (${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)})`;
  return `${metricWords(metric)} ${said}${between}`;
}
