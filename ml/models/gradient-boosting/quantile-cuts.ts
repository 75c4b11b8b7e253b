/** Values of one feature, row after row in a matrix of `width` columns, with the labels of the rows. */
export type LabelledColumn = {
  readonly features: Float64Array;
  readonly width: number;
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly column: number;
};

/**
 * Cuts of one feature into bins: bin b holds the values in (cuts[b - 1], cuts[b]], the last is open above. Cuts lie half
 * way between neighbouring values: every distinct value has its own bin when there are at most `maxBins`, else a bin
 * is closed when it holds its share of what is left. Frauds together count as much as legitimate rows together: with
 * plain quantiles the tails, where frauds are, would fall into one or two bins. Missing values (NaN) and instance
 * weights play no part. O(n log n).
 */
export function quantileCuts(values: LabelledColumn, maxBins: number): Float64Array {
  const { distinct, masses, mass } = distinctValues(sortedClass(values, 0), sortedClass(values, 1));
  const cuts: number[] = [];
  let inBin = 0;
  let open = mass;
  for (let i = 0; i + 1 < distinct.length && cuts.length + 1 < maxBins; i++) {
    inBin += masses[i] as number;
    if (distinct.length > maxBins && inBin < open / (maxBins - cuts.length)) continue;
    cuts.push(cutBetween(distinct[i] as number, distinct[i + 1] as number));
    open -= inBin;
    inBin = 0;
  }
  return Float64Array.from(cuts);
}

/** Known values of one class in rising order. */
function sortedClass({ features, width, rows, labels, column }: LabelledColumn, label: 0 | 1): Float64Array {
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
): { distinct: Float64Array; masses: Float64Array; mass: number } {
  const distinct = new Float64Array(others.length + frauds.length);
  const masses = new Float64Array(distinct.length);
  const fraudMass = Math.max(1, others.length) / Math.max(1, frauds.length);
  let [o, f, count, total] = [0, 0, 0, 0];
  while (o < others.length || f < frauds.length) {
    const other = o < others.length ? (others[o] as number) : Number.POSITIVE_INFINITY;
    const value = f < frauds.length && (frauds[f] as number) < other ? (frauds[f] as number) : other;
    let mass = 0;
    for (; o < others.length && others[o] === value; o++) mass++;
    for (; f < frauds.length && frauds[f] === value; f++) mass += fraudMass;
    distinct[count] = value;
    masses[count++] = mass;
    total += mass;
  }
  return { distinct: distinct.subarray(0, count), masses: masses.subarray(0, count), mass: total };
}

/** A number c with low <= c < high, half way if the doubles allow it. */
function cutBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
