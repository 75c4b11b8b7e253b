import fc from "fast-check";
import { expect, test } from "vitest";
import { symmetricEigen } from "./symmetric-eigen.ts";

test("eigenvalues of a worked example, largest first", () => {
  const { values, vectors } = symmetricEigen([
    [2, 1],
    [1, 2],
  ]);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(Math.abs(vectors[0]?.[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 14);
  expect((vectors[0]?.[0] ?? 0) * (vectors[0]?.[1] ?? 0)).toBeCloseTo(0.5, 14);
});

const matrices = fc
  .array(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 4, maxLength: 4 }), {
    minLength: 4,
    maxLength: 4,
  })
  .map((rows) => rows.map((row, i) => row.map((value, j) => (i <= j ? value : (rows[j]?.[i] ?? 0)))));

test("values and vectors rebuild the matrix, and vectors are orthonormal", () => {
  fc.assert(
    fc.property(matrices, (matrix) => {
      const { values, vectors } = symmetricEigen(matrix);
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const rebuilt = values.reduce(
            (sum, value, k) => sum + value * at(vectors, k, i) * at(vectors, k, j),
            0,
          );
          expect(rebuilt).toBeCloseTo(at(matrix, i, j), 9);
          const dot = [0, 1, 2, 3].reduce((sum, k) => sum + at(vectors, i, k) * at(vectors, j, k), 0);
          expect(dot).toBeCloseTo(i === j ? 1 : 0, 10);
        }
      }
    }),
  );
});

test("an empty matrix has no eigenvalue and a ragged one is refused", () => {
  expect(symmetricEigen([])).toEqual({ values: [], vectors: [] });
  expect(() => symmetricEigen([[1, 2]])).toThrow(RangeError);
});

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Number.NaN;
}
