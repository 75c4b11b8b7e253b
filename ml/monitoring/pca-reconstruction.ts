import { type Moments, moments } from "#ml/math/moments.ts";
import { symmetricEigen } from "#ml/math/symmetric-eigen.ts";

export type Rows = readonly (readonly number[])[];

/** What the reference window taught: plain JSON. `components` are unit vectors over standardised columns. */
export type PcaReference = {
  readonly columns: readonly Moments[];
  readonly components: readonly (readonly number[])[];
  readonly explainedVarianceRatio: readonly number[];
};

/**
 * Principal components of a reference window, columns standardised by mean and population deviation (a constant
 * column stays 0): the fewest whose cumulative share of variance exceeds `variance`. Null when there are no rows or
 * every column is constant. O(rows width² + width³).
 */
export function pcaReference(reference: Rows, variance = 0.65): PcaReference | null {
  const width = reference[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) =>
    moments(reference.map((row) => row[j] ?? Number.NaN)),
  );
  const known = columns.filter((column) => column !== null);
  if (known.length === 0 || known.every((column) => column.deviation === 0)) return null;
  const rows = reference.map((row) => standardised(row, known));
  const { values, vectors } = symmetricEigen(covariance(rows, width));
  const total = values.reduce((sum, value) => sum + value, 0);
  const ratios = values.map((value) => value / total);
  let cumulative = 0;
  const enough = ratios.findIndex((ratio) => {
    cumulative += ratio;
    return cumulative > variance;
  });
  const count = enough === -1 ? width : enough + 1;
  return {
    columns: known,
    components: vectors.slice(0, count),
    explainedVarianceRatio: ratios.slice(0, count),
  };
}

/**
 * Mean Euclidean distance of rows from their reconstruction by the reference's components: it rises when columns
 * change together in a new way, even if each alone looks the same. Null without rows.
 */
export function reconstructionError(reference: PcaReference, rows: Rows): number | null {
  if (rows.length === 0) return null;
  const total = rows.reduce((sum, row) => {
    const z = standardised(row, reference.columns);
    const rest = reference.components.reduce((left, component) => {
      const length = component.reduce((dot, weight, j) => dot + weight * (z[j] ?? 0), 0);
      return left.map((value, j) => value - length * (component[j] ?? 0));
    }, z);
    return sum + Math.hypot(...rest);
  }, 0);
  return total / rows.length;
}

function standardised(row: readonly number[], columns: readonly Moments[]): number[] {
  return columns.map(
    ({ mean, deviation }, j) => ((row[j] ?? Number.NaN) - mean) / (deviation === 0 ? 1 : deviation),
  );
}

function covariance(rows: Rows, width: number): number[][] {
  const matrix = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  for (const row of rows) {
    matrix.forEach((line, i) => {
      for (let j = 0; j < width; j++) {
        line[j] = (line[j] as number) + ((row[i] as number) * (row[j] as number)) / rows.length;
      }
    });
  }
  return matrix;
}
