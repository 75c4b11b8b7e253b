/** Eigenvalues from largest to smallest; `vectors[i]` is the unit eigenvector of `values[i]`. */
export type SymmetricEigen = {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
};

const MAX_SWEEPS = 100;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slow for large matrices (O(n^3) per
 * sweep) but accurate to rounding, which suits the tens of columns that a feature set has. The matrix is not changed.
 * @throws RangeError when the matrix is not square.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const size = matrix.length;
  if (matrix.some((row) => row.length !== size))
    throw new RangeError("an eigenproblem requires a square matrix");
  const a = Float64Array.from(matrix.flat());
  const v = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, size) > 0; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i);
  const valueAt = (i: number): number => a[i * size + i] as number;
  order.sort((i, j) => valueAt(j) - valueAt(i));
  return {
    values: order.map(valueAt),
    vectors: order.map((column) => Array.from({ length: size }, (_, row) => v[row * size + column] ?? 0)),
  };
}

/** Sum of squares off the diagonal, 0 once they no longer matter beside the diagonal. */
function offDiagonal(a: Float64Array, size: number): number {
  let off = 0;
  let on = 0;
  for (let i = 0; i < a.length; i++) {
    const square = (a[i] as number) ** 2;
    if (i % (size + 1) === 0) on += square;
    else off += square;
  }
  return off <= on * 1e-32 ? 0 : off;
}

/** One Jacobi rotation that clears a[p][q] (Golub and Van Loan, algorithm 8.4.1). */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, c, s);
  for (let k = 0; k < size; k++) turn(v, k * size + p, k * size + q, c, s);
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = values[i] as number;
  const y = values[j] as number;
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}
