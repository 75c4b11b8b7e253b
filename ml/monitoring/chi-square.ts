import { chiSquareTail } from "#ml/math/chi-square-tail.ts";

export type CategoryCounts = Readonly<Record<string, number>>;

export type ChiSquare = {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly minExpected: number;
  readonly cramersV: number | null;
  readonly cramersVBiasCorrected: number | null;
};

/**
 * Pearson's chi-square test of homogeneity on the 2 x K table of two windows, without Yates' correction. Categories
 * that are 0 on both sides are dropped; with one category left the statistic is 0 and p is 1. Cramér's V measures the
 * size of the change, its bias-corrected form after Bergsma (2013). Null when a side is empty. O(K).
 */
export function chiSquare(reference: CategoryCounts, current: CategoryCounts): ChiSquare | null {
  const names = [...new Set([...Object.keys(reference), ...Object.keys(current)])];
  const table = names.map((name) => [countOf(reference, name), countOf(current, name)] as const);
  const kept = table.filter(([before, after]) => before + after > 0);
  const referenceTotal = kept.reduce((sum, [before]) => sum + before, 0);
  const currentTotal = kept.reduce((sum, [, after]) => sum + after, 0);
  if (referenceTotal === 0 || currentTotal === 0) return null;
  const total = referenceTotal + currentTotal;
  let statistic = 0;
  let minExpected = Number.POSITIVE_INFINITY;
  for (const [before, after] of kept) {
    const expectedBefore = ((before + after) * referenceTotal) / total;
    const expectedAfter = ((before + after) * currentTotal) / total;
    statistic +=
      (before - expectedBefore) ** 2 / expectedBefore + (after - expectedAfter) ** 2 / expectedAfter;
    minExpected = Math.min(minExpected, expectedBefore, expectedAfter);
  }
  const degreesOfFreedom = kept.length - 1;
  if (degreesOfFreedom === 0) {
    return { statistic: 0, degreesOfFreedom, p: 1, minExpected, cramersV: null, cramersVBiasCorrected: null };
  }
  return {
    statistic,
    degreesOfFreedom,
    p: chiSquareTail(statistic, degreesOfFreedom),
    minExpected,
    cramersV: Math.sqrt(statistic / total / Math.min(1, degreesOfFreedom)),
    cramersVBiasCorrected: biasCorrectedV(statistic, total, kept.length),
  };
}

function biasCorrectedV(statistic: number, total: number, categories: number): number | null {
  const degreesOfFreedom = categories - 1;
  const rest = total - 1;
  const phiSquare = Math.max(0, statistic / total - degreesOfFreedom / rest);
  const rows = 2 - 1 / rest;
  const columns = categories - degreesOfFreedom ** 2 / rest;
  const scale = Math.min(columns - 1, rows - 1);
  return scale > 0 ? Math.sqrt(phiSquare / scale) : null;
}

function countOf(counts: CategoryCounts, name: string): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}
