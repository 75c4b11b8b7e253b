import { moments } from "#ml/math/moments.ts";

/** Limits of a metric, null where it has none. */
export type MetricLimits = readonly [lower: number | null, upper: number | null];
export type ChunkThresholds = { readonly lower: number; readonly upper: number };
export type ChunkVerdict = "within" | "alert" | "missing";

/**
 * Alert thresholds of a metric from its values on reference chunks: mean +- multiplier x population standard
 * deviation, nulls ignored, clipped to the metric's limits (NannyML's StandardDeviationThreshold). Null when no chunk
 * has a value. O(chunks).
 */
export function chunkThresholds(
  values: readonly (number | null)[],
  multiplier: number,
  [lowest, highest]: MetricLimits,
): ChunkThresholds | null {
  const spread = moments(values.filter((value) => value !== null));
  if (spread === null) return null;
  const reach = multiplier * spread.deviation;
  const clipped = (value: number): number =>
    Math.min(Math.max(value, lowest ?? Number.NEGATIVE_INFINITY), highest ?? Number.POSITIVE_INFINITY);
  return { lower: clipped(spread.mean - reach), upper: clipped(spread.mean + reach) };
}

/** An alert iff the value lies outside; a missing value never alerts but is reported as missing. */
export function chunkVerdict(value: number | null, { lower, upper }: ChunkThresholds): ChunkVerdict {
  if (value === null) return "missing";
  return value < lower || value > upper ? "alert" : "within";
}
