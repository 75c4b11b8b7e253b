/** Values with running totals of their weights, so that one is drawn in O(log n). */
export type WeightedChoice = {
  readonly values: readonly number[];
  readonly cumulative: Float64Array;
  readonly total: number;
};

/** Prepares `values` for drawing in proportion to `weightOf`. @throws RangeError for a negative or NaN weight. */
export function weightedChoice(
  values: readonly number[],
  weightOf: (value: number) => number,
): WeightedChoice {
  const cumulative = new Float64Array(values.length);
  let total = 0;
  values.forEach((value, position) => {
    const weight = weightOf(value);
    if (!(weight >= 0)) throw new RangeError(`weight of ${value} must be zero or more`);
    total += weight;
    cumulative[position] = total;
  });
  return { values, cumulative, total };
}

/**
 * The value at fraction `unit` in [0, 1) of the total weight; the same unit gives the same value.
 * @throws RangeError when there is nothing to choose from.
 */
export function choose({ values, cumulative, total }: WeightedChoice, unit: number): number {
  if (total <= 0) throw new RangeError("cannot choose from nothing");
  const target = unit * total;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return values[low] as number;
}
