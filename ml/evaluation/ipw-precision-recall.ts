/** A scored row that would be reviewed with known probability; `labels` -1 where no review took place. */
export type ReviewedRows = {
  readonly scores: ArrayLike<number>;
  readonly propensities: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
};

export type WeightedPrecisionRecall = {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly positives: number;
  readonly population: number;
  readonly naivePrecision: number | null;
  readonly naiveRecall: number | null;
  readonly effectiveSampleSize: number | null;
  readonly labelled: number;
  readonly alerts: number;
};

/**
 * Precision and recall at a threshold from partly reviewed traffic: every labelled row weighs 1/propensity
 * (self-normalised inverse propensity weighting, Hájek), which undoes that alerts are reviewed more often. Beside them
 * the naive, unweighted ratios and Kish's effective sample size (sum w)² / sum w². 0/0 is null. O(n).
 * @throws RangeError when lengths differ, a score is NaN, or a labelled row has a propensity outside (0, 1].
 */
export function ipwPrecisionRecall(
  { scores, propensities, labels }: ReviewedRows,
  threshold: number,
): WeightedPrecisionRecall {
  if (scores.length !== labels.length || scores.length !== propensities.length) {
    throw new RangeError("every score needs a propensity and a label or -1");
  }
  const weighted = { hits: 0, alerts: 0, positives: 0, rows: 0, squares: 0 };
  const naive = { hits: 0, alerts: 0, positives: 0, rows: 0 };
  let alerts = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (Number.isNaN(score)) throw new RangeError(`score ${i} is not a number`);
    const alert = score >= threshold ? 1 : 0;
    alerts += alert;
    const label = labels[i] as number;
    if (label === -1) continue;
    const weight = weightOf(propensities[i] as number, label, i);
    for (const [sums, share] of [
      [weighted, weight],
      [naive, 1],
    ] as const) {
      sums.hits += share * label * alert;
      sums.alerts += share * alert;
      sums.positives += share * label;
      sums.rows += share;
    }
    weighted.squares += weight * weight;
  }
  return {
    precision: ratio(weighted.hits, weighted.alerts),
    recall: ratio(weighted.hits, weighted.positives),
    positives: weighted.positives,
    population: weighted.rows,
    naivePrecision: ratio(naive.hits, naive.alerts),
    naiveRecall: ratio(naive.hits, naive.positives),
    effectiveSampleSize: ratio(weighted.rows ** 2, weighted.squares),
    labelled: naive.rows,
    alerts,
  };
}

function weightOf(propensity: number, label: number, row: number): number {
  if (label !== 0 && label !== 1) throw new RangeError(`label ${row} is ${label}, not 0, 1 or -1`);
  if (!(propensity > 0 && propensity <= 1))
    throw new RangeError(`propensity ${row} is ${propensity}, not in (0, 1]`);
  return 1 / propensity;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
