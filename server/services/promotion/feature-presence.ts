import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import type { FeaturePresence } from "#ml/promotion/guardrails.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { DAY_MS } from "#server/domain/day.ts";

const RECENT_DAYS = 7;

/**
 * How often each feature was missing where the model learned, and in the last 7 days before `now`. Null where those
 * days hold no payment. O(recent rows x features).
 */
export function featurePresence(
  dataset: Pick<Dataset, "rows" | "width" | "features" | "occurredAtMs">,
  references: readonly FeatureReference[],
  now: Date,
): FeaturePresence[] | null {
  const recent = rowsSince(dataset, now.getTime() - RECENT_DAYS * DAY_MS);
  if (recent.length === 0) return null;
  return references.map(({ name, counts, missing }, feature) => {
    let absent = 0;
    for (const row of recent) if (Number.isNaN(dataset.features[row * dataset.width + feature])) absent++;
    const learned = counts.reduce((sum, count) => sum + count, missing);
    return {
      feature: name,
      missingAtTraining: learned === 0 ? 0 : missing / learned,
      missingNow: absent / recent.length,
    };
  });
}

function rowsSince({ rows, occurredAtMs }: Pick<Dataset, "rows" | "occurredAtMs">, fromMs: number): number[] {
  const recent: number[] = [];
  for (let row = 0; row < rows; row++) if ((occurredAtMs[row] as number) >= fromMs) recent.push(row);
  return recent;
}
