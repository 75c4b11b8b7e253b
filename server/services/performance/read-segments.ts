import { z } from "zod";
import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { chiSquare } from "#ml/monitoring/chi-square.ts";
import { benjaminiHochberg } from "#ml/monitoring/multiple-testing.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolveWindow } from "./resolve-window.ts";
import { type Dimension, dimensions, segmentReaders } from "./segment-readers.ts";

export const ReadSegmentsInput = AnalysisWindow.extend({ threshold: z.number().min(0).max(1) });
export type ReadSegmentsInput = z.infer<typeof ReadSegmentsInput>;

/** A share with its 95 % Wilson interval; all null when there is nothing to divide by. */
export type Share = { readonly value: number | null; readonly interval: Interval | null };

/**
 * Whether a segment differs from all other payments of its dimension: the p-value after Benjamini and Hochberg over
 * every test of the view. Null where counts are too small for the test.
 */
export type Contrast = { readonly adjustedP: number | null; readonly differs: boolean };

export type Segment = {
  readonly dimension: Dimension;
  /** null for payments without one */
  readonly value: string | null;
  /** known payments */
  readonly rows: number;
  readonly frauds: number;
  readonly alerts: number;
  readonly precision: Share;
  readonly recall: Share;
  /** legitimate payments that alert, of all legitimate ones */
  readonly falsePositives: Share;
  readonly precisionContrast: Contrast;
  readonly recallContrast: Contrast;
  readonly falsePositiveContrast: Contrast;
};

type Counts = { tp: number; fp: number; fn: number; tn: number };

const MOST_PER_DIMENSION = 12;
const FALSE_DISCOVERIES = 0.05;
const LEAST_EXPECTED = 5;

/**
 * Precision, recall and false positives at a threshold by channel, country, merchant category, amount band, and new or
 * old customer; the largest segments of each. Of many segments some look odd by chance, so differences are told only
 * where they outlast a correction for all tests made. Same refusals as readPerformance; empty when nothing was scored.
 */
export async function readSegments(ctx: ServiceContext, asked: ReadSegmentsInput): Promise<Segment[]> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return [];
  const rows = await readRows(ctx.db, window);
  const classes = classifyRows(rows, window);
  const readers = await segmentReaders(ctx.db);
  const { score } = rows.columns;
  const found = dimensions.flatMap((dimension) => {
    const counts = new Map<number, Counts>();
    const { codeOf, nameOf } = readers[dimension];
    for (let i = 0; i < rows.rows; i++) {
      const kind = classes[i] as number;
      if (kind !== rowClass.fraud && kind !== rowClass.legitimate) continue;
      const code = codeOf(rows.columns, i);
      const of = counts.get(code) ?? { tp: 0, fp: 0, fn: 0, tn: 0 };
      counts.set(code, of);
      const alert = (score[i] as number) >= asked.threshold;
      if (kind === rowClass.fraud) of[alert ? "tp" : "fn"]++;
      else of[alert ? "fp" : "tn"]++;
    }
    return segmentsOf(dimension, counts, nameOf);
  });
  return guarded(found);
}

type Tested = Omit<Segment, "precisionContrast" | "recallContrast" | "falsePositiveContrast"> & {
  readonly pPrecision: number | null;
  readonly pRecall: number | null;
  readonly pFalsePositives: number | null;
};

function segmentsOf(
  dimension: Dimension,
  counts: ReadonlyMap<number, Counts>,
  nameOf: (code: number) => string | null,
): Tested[] {
  const all = [...counts.values()].reduce(plus, { tp: 0, fp: 0, fn: 0, tn: 0 });
  return [...counts]
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))
    .slice(0, MOST_PER_DIMENSION)
    .map(([code, { tp, fp, fn, tn }]) => ({
      dimension,
      value: nameOf(code),
      rows: tp + fp + fn + tn,
      frauds: tp + fn,
      alerts: tp + fp,
      precision: shareOf(tp, tp + fp),
      recall: shareOf(tp, tp + fn),
      falsePositives: shareOf(fp, fp + tn),
      pPrecision: pValue([tp, fp], [all.tp - tp, all.fp - fp]),
      pRecall: pValue([tp, fn], [all.tp - tp, all.fn - fn]),
      pFalsePositives: pValue([fp, tn], [all.fp - fp, all.tn - tn]),
    }));
}

function guarded(tested: readonly Tested[]): Segment[] {
  const tests = tested.flatMap(({ pPrecision, pRecall, pFalsePositives }) => [
    pPrecision,
    pRecall,
    pFalsePositives,
  ]);
  const made = tests.filter((p) => p !== null);
  const adjusted = benjaminiHochberg(made);
  let next = 0;
  const contrasts = tests.map((p): Contrast => {
    const adjustedP = p === null ? null : (adjusted[next++] ?? null);
    return { adjustedP, differs: adjustedP !== null && adjustedP <= FALSE_DISCOVERIES };
  });
  const none: Contrast = { adjustedP: null, differs: false };
  return tested.map(({ pPrecision: _, pRecall: __, pFalsePositives: ___, ...segment }, at) => ({
    ...segment,
    precisionContrast: contrasts[3 * at] ?? none,
    recallContrast: contrasts[3 * at + 1] ?? none,
    falsePositiveContrast: contrasts[3 * at + 2] ?? none,
  }));
}

/** Pearson's test of one share against the rest's; null where an expected count is under 5. */
function pValue(
  [yes, no]: readonly [number, number],
  [restYes, restNo]: readonly [number, number],
): number | null {
  const test = chiSquare({ yes, no }, { yes: restYes, no: restNo });
  return test === null || test.minExpected < LEAST_EXPECTED ? null : test.p;
}

function shareOf(part: number, whole: number): Share {
  return { value: whole === 0 ? null : part / whole, interval: wilsonInterval(part, whole) };
}

function sizeOf({ tp, fp, fn, tn }: Counts): number {
  return tp + fp + fn + tn;
}

function plus(a: Counts, b: Counts): Counts {
  return { tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn, tn: a.tn + b.tn };
}
