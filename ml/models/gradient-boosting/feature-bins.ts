import type { TrainingRows } from "../model.ts";

/**
 * How one feature is cut into bins. Bin b holds the values in (cuts[b - 1], cuts[b]]; the last is open above, so there
 * are cuts.length + 1 of them, and missing values take the code after the last one.
 */
export type FeatureBins = { readonly cuts: Float64Array; readonly hasMissing: boolean };

/** Codes of a binned feature: the bins, and one for missing values if it has any. */
export function codeCount({ cuts, hasMissing }: FeatureBins): number {
  return cuts.length + 1 + Number(hasMissing);
}

/**
 * Quantile cuts of one column, half way between neighbouring values: every distinct value has its own bin when there
 * are at most `maxBins`, else a bin is closed when it holds its share of what is left. Frauds together count as much as
 * legitimate rows together: with plain quantiles the tails, where frauds are, would fall into one or two bins.
 * Instance weights play no part. O(n log n).
 */
export function fitFeatureBins(training: TrainingRows, column: number, maxBins: number): FeatureBins {
  const frauds = sortedColumn(training, column, 1);
  const others = sortedColumn(training, column, 0);
  const known = frauds.length + others.length;
  const { values, masses } = distinctValues(others, frauds);
  const cuts: number[] = [];
  let inBin = 0;
  let open = masses.reduce((sum, mass) => sum + mass, 0);
  for (let i = 0; i + 1 < values.length && cuts.length + 1 < maxBins; i++) {
    inBin += masses[i] as number;
    if (values.length > maxBins && inBin < open / (maxBins - cuts.length)) continue;
    cuts.push(cutBetween(values[i] as number, values[i + 1] as number));
    open -= inBin;
    inBin = 0;
  }
  return { cuts: Float64Array.from(cuts), hasMissing: known < training.rows };
}

/** Known values of one class in rising order. */
function sortedColumn(training: TrainingRows, column: number, label: 0 | 1): Float64Array {
  const { features, labels, rows, width } = training;
  const values = new Float64Array(rows);
  let known = 0;
  for (let row = 0; row < rows; row++) {
    const value = features[row * width + column] as number;
    // Adding 0 makes one zero of the two.
    if (labels[row] === label && !Number.isNaN(value)) values[known++] = value + 0;
  }
  return values.subarray(0, known).sort();
}

/** Distinct values of both classes in rising order, with their mass: 1 per legitimate row, and frauds as much in all. */
function distinctValues(
  others: Float64Array,
  frauds: Float64Array,
): { values: Float64Array; masses: Float64Array } {
  const values = new Float64Array(others.length + frauds.length);
  const masses = new Float64Array(values.length);
  const fraudMass = Math.max(1, others.length) / Math.max(1, frauds.length);
  let [o, f, count] = [0, 0, 0];
  while (o < others.length || f < frauds.length) {
    const value = Math.min(others[o] ?? Number.POSITIVE_INFINITY, frauds[f] ?? Number.POSITIVE_INFINITY);
    let mass = 0;
    for (; others[o] === value; o++) mass++;
    for (; frauds[f] === value; f++) mass += fraudMass;
    values[count] = value;
    masses[count++] = mass;
  }
  return { values: values.subarray(0, count), masses: masses.subarray(0, count) };
}

/** A number c with low <= c < high, half way if the doubles allow it. */
function cutBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Codes of one column, a byte per row. O(rows log bins). */
export function encodeColumn(
  { features, rows, width }: TrainingRows,
  column: number,
  { cuts }: FeatureBins,
): Uint8Array {
  const codes = new Uint8Array(rows);
  const missing = cuts.length + 1;
  for (let row = 0; row < rows; row++) {
    const value = features[row * width + column] as number;
    codes[row] = Number.isNaN(value) ? missing : binOf(cuts, value);
  }
  return codes;
}

/** The number of cuts below the value, by bisection. */
function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
