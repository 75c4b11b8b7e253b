const EULER = 0.577_215_664_901_532_9;

/**
 * Mean path length of an unsuccessful search in a binary search tree of n values: what isolating one row among n takes
 * on average, c(n) = 2 H(n - 1) - 2 (n - 1) / n with H(i) = ln i + 0.5772… (Liu, Ting and Zhou 2008, equation 1);
 * c(2) = 1 and c(1) = 0, as scikit-learn has it.
 * @example averagePathLength(256) // 10.2448
 */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}
