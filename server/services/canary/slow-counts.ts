import type { SlowCounts } from "#ml/promotion/canary-guardrails.ts";
import { boundFrom, countedQuantile, slowerThan, totalCounts } from "#ml/promotion/counted-times.ts";
import type { Database } from "#server/db/client.ts";
import type { Canary } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { modelBounds } from "#server/domain/scoring-time.ts";
import { recordedTimes } from "#server/services/promotion/recorded-times.ts";

/** A challenger may take so many times as long as the champion, and this long whatever the champion takes. */
const TIMES_CHAMPION = 3;
const LEAST_LIMIT_S = 0.0002;

/** How long the challenger takes for a payment in the canary's last day, against the champion on the same payments. */
export async function slowCounts(db: Database, canary: Canary, now: Date): Promise<SlowCounts | null> {
  const from = new Date(Math.max(canary.countedFrom.getTime(), now.getTime() - DAY_MS));
  const read = async (modelVersionId: string) =>
    recordedTimes(db, { kind: "model", modelVersionId, from, to: now });
  const [own, champion] = [await read(canary.modelVersionId), await read(canary.championId)];
  const p99 = (windows: typeof own): number | null =>
    countedQuantile(totalCounts(windows, modelBounds.length + 1), modelBounds, 0.99);
  const [ownP99, championP99] = [p99(own), p99(champion)];
  if (ownP99 === null || championP99 === null) return null;
  const limit = boundFrom(modelBounds, Math.max(TIMES_CHAMPION * championP99, LEAST_LIMIT_S));
  return {
    windows: slowerThan(own, modelBounds, limit),
    limitMs: limit * 1_000,
    championP99Ms: championP99 * 1_000,
    canaryP99Ms: ownP99 * 1_000,
  };
}
