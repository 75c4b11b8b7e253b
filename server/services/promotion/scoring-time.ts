import type { Scorer } from "#ml/models/scorer.ts";
import type { Dataset } from "#ml/training/dataset.ts";

const TIMED_ROWS = 500;
const ROUNDS = 5;

/**
 * Microseconds that scoring one payment takes here: the quickest of five rounds over up to 500 rows, one at a time, so
 * that what else the machine does counts as little as possible. Null without rows.
 */
export function scoringMicros(scorer: Scorer, dataset: Dataset, rows: Uint32Array): number | null {
  const timed = rows.subarray(0, TIMED_ROWS);
  if (timed.length === 0) return null;
  const out = new Float64Array(1);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const row of timed)
      scorer.score(dataset.features.subarray(row * dataset.width, (row + 1) * dataset.width), 1, out);
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1_000) / timed.length;
}
