import type { ClusterSums } from "./clustered-mean.ts";

/**
 * Payments of one mature window with their labels, decided twice: by the champion and by the candidate. One entry a
 * payment in every array.
 */
export type GateRows = {
  /** 1 for fraud, 0 for legitimate */
  readonly labels: Uint8Array;
  readonly customerIds: readonly string[];
  /** what a payment stands for: 1 / propensity where it was explored */
  readonly weights: Float64Array;
  /** calibrated probabilities; NaN where the model could not score */
  readonly championScores: Float64Array;
  readonly candidateScores: Float64Array;
  /** what the outcome that the policy gives each score cost, knowing the label, in minor units of one currency */
  readonly championCostMinor: Float64Array;
  readonly candidateCostMinor: Float64Array;
  /** the group a payment belongs to, such as its channel */
  readonly segments: readonly string[];
};

/** @throws RangeError when arrays differ in length, a weight is not positive, or a cost is not finite. */
export function checkGateRows(rows: GateRows): void {
  const { length } = rows.labels;
  for (const [name, column] of Object.entries(rows))
    if (column.length !== length) throw new RangeError(`${name} has ${column.length} entries of ${length}`);
  if (!rows.weights.every((weight) => weight > 0 && Number.isFinite(weight)))
    throw new RangeError("weights must be positive");
  if (!rows.championCostMinor.every(Number.isFinite) || !rows.candidateCostMinor.every(Number.isFinite))
    throw new RangeError("costs must be finite");
}

/** Candidate's cost minus the champion's, and the weights, summed by customer; of chosen rows only, where given. */
export function costDifferences(rows: GateRows, chosen: (row: number) => boolean = () => true): ClusterSums {
  const places = new Map<string, number>();
  const values: number[] = [];
  const weights: number[] = [];
  for (let row = 0; row < rows.labels.length; row++) {
    if (!chosen(row)) continue;
    const customer = rows.customerIds[row] as string;
    let place = places.get(customer);
    if (place === undefined) {
      place = values.push(0) - 1;
      weights.push(0);
      places.set(customer, place);
    }
    const weight = rows.weights[row] as number;
    const difference = (rows.candidateCostMinor[row] as number) - (rows.championCostMinor[row] as number);
    values[place] = (values[place] as number) + weight * difference;
    weights[place] = (weights[place] as number) + weight;
  }
  return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
}
