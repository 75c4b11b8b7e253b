import type { Scorer } from "#ml/models/scorer.ts";

/**
 * Scores of `rows` rows; NaN where there is no model or it failed. A row that makes the model throw costs only its
 * own score: the others are then scored one by one.
 */
export function scoreRows(scorer: Scorer | null, features: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows).fill(Number.NaN);
  if (scorer === null) return scores;
  try {
    scorer.score(features, rows, scores);
    return scores;
  } catch {
    const width = scorer.featureSet.definitions.length;
    for (let row = 0; row < rows; row++) {
      scores[row] = scoreOne(scorer, features.subarray(row * width, (row + 1) * width));
    }
    return scores;
  }
}

function scoreOne(scorer: Scorer, row: Float64Array): number {
  const out = new Float64Array(1);
  try {
    scorer.score(row, 1, out);
    return out[0] ?? Number.NaN;
  } catch {
    return Number.NaN;
  }
}
