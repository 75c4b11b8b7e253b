import { createRng } from "#ml/math/seeded-random.ts";
import type { TrainingRows } from "../../model.ts";

/** Training rows from a table, one array per row, labels beside it. */
export function rowsOf(table: readonly (readonly number[])[], labels: readonly number[]): TrainingRows {
  const width = table[0]?.length ?? 0;
  const features = Float64Array.from(table.flat());
  return { width, rows: table.length, features, labels: Uint8Array.from(labels), weights: null };
}

/** No rows: a fit on it stops at nothing. */
export const noRows = (width: number): TrainingRows => ({
  width,
  rows: 0,
  features: new Float64Array(0),
  labels: new Uint8Array(0),
  weights: null,
});

/**
 * Rows of four features: fraud grows with the first, more where the second is 1, and where the third is missing; the
 * fourth is noise.
 */
export function noisyRows(rows: number, seed: number): TrainingRows {
  const rng = createRng(`noisy:${seed}`);
  const table: number[][] = [];
  const labels: number[] = [];
  for (let row = 0; row < rows; row++) {
    const [a, b, d] = [rng.normal(), Math.round(rng.next()), rng.normal()];
    const c = rng.next() < 0.2 ? Number.NaN : rng.normal();
    const margin = -3 + 1.5 * a + a * b + (Number.isNaN(c) ? 2 : 0);
    table.push([a, b, c, d]);
    labels.push(Number(rng.next() < 1 / (1 + Math.exp(-margin))));
  }
  return rowsOf(table, labels);
}
