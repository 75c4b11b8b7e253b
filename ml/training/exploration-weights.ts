/** What became of the weights of explored rows. */
export type WeightSummary = {
  /** rows whose outcome is known only because exploration let them through */
  readonly explored: number;
  /** a larger weight was cut to this, before all were divided by their mean; null where none was explored */
  readonly cap: number | null;
  readonly capped: number;
  /** rows that count, and as how many evenly weighted ones they tell (Kish 1965): (sum w)^2 / sum w^2 */
  readonly rows: number;
  readonly effectiveRows: number;
};

export type ExplorationWeights = {
  /** one per row, mean 1 over the rows that count; null where every row counts the same */
  readonly weights: Float64Array | null;
  readonly summary: WeightSummary;
};

/**
 * Weights of rows by the inverse of the chance that their outcome would be known: a decline that exploration let through
 * with chance p stands for 1 / p declines. Weights are cut at the mean times the root of the number of rows (truncated
 * importance sampling, Ionides 2008), which bounds their variance at a bias that vanishes as rows grow, and divided by
 * their mean, so that penalties keep their meaning. Rows that do not count are left at 1. O(rows).
 * @throws RangeError when lengths differ or a chance is not in (0, 1].
 */
export function explorationWeights(
  chances: Float64Array,
  counts: (row: number) => boolean,
): ExplorationWeights {
  let [rows, sum, explored] = [0, 0, 0];
  for (let row = 0; row < chances.length; row++) {
    const chance = chances[row] as number;
    if (!(chance > 0 && chance <= 1)) throw new RangeError(`the chance of row ${row} is ${chance}`);
    if (!counts(row)) continue;
    rows++;
    sum += 1 / chance;
    if (chance < 1) explored++;
  }
  if (explored === 0)
    return { weights: null, summary: { explored, cap: null, capped: 0, rows, effectiveRows: rows } };
  const cap = (sum / rows) * Math.sqrt(rows);
  const weights = new Float64Array(chances.length).fill(1);
  let [capped, total, squares] = [0, 0, 0];
  for (let row = 0; row < chances.length; row++) {
    if (!counts(row)) continue;
    const weight = Math.min(cap, 1 / (chances[row] as number));
    if (weight < 1 / (chances[row] as number)) capped++;
    weights[row] = weight;
    total += weight;
    squares += weight * weight;
  }
  for (let row = 0; row < chances.length; row++)
    if (counts(row)) weights[row] = (weights[row] as number) * (rows / total);
  return { weights, summary: { explored, cap, capped, rows, effectiveRows: total ** 2 / squares } };
}
