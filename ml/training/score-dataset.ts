import type { Scorer } from "#ml/models/scorer.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Scores of the dataset's rows `fromRow` up to but not including `toRow`, in order; NaN where a row cannot be scored.
 * @throws RangeError when the scorer reads another feature set than the dataset holds.
 */
export function scoreDataset(
  scorer: Scorer,
  dataset: Dataset,
  fromRow = 0,
  toRow = dataset.rows,
): Float64Array {
  checkFeatureSet(scorer, dataset);
  const rows = Math.max(0, toRow - fromRow);
  const scores = new Float64Array(rows);
  scorer.score(dataset.features.subarray(fromRow * dataset.width, toRow * dataset.width), rows, scores);
  return scores;
}

/** The same for chosen rows. */
export function scoreRows(scorer: Scorer, dataset: Dataset, rows: Uint32Array): Float64Array {
  checkFeatureSet(scorer, dataset);
  const scores = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const at = (rows[i] as number) * dataset.width;
    scorer.score(dataset.features.subarray(at, at + dataset.width), 1, scores.subarray(i, i + 1));
  }
  return scores;
}

function checkFeatureSet({ featureSet }: Scorer, dataset: Dataset): void {
  if (featureSet.version !== dataset.featureSet.version) {
    throw new RangeError(
      `the model reads ${featureSet.version}, the rows hold ${dataset.featureSet.version}`,
    );
  }
}
