import { driftOfCounts, type FeatureReference } from "#ml/monitoring/feature-reference.ts";
import { type BinCounts, mergeBinCounts } from "#ml/monitoring/quantile-bins.ts";
import { MIN_DRIFT_ROWS } from "#server/domain/analysis-window.ts";

/** PSI of one day; null under the floor of rows. */
export type DriftDay = { readonly day: string; readonly rows: number; readonly psi: number | null };

/** How far one feature moved. Rates and PSI are null where there is not enough to say. */
export type FeatureDriftView = {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
  /** a day of the week or the like: it always "moves" unless whole weeks are compared, so it is no sign of drift */
  readonly isCalendar: boolean;
  readonly rows: number;
  readonly psi: number | null;
  /** PSI that two samples of these sizes show on average without any drift: (bins - 1)(1/n + 1/m) */
  readonly psiByChance: number | null;
  readonly missingRate: number | null;
  readonly referenceMissingRate: number | null;
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
  readonly referenceCounts: readonly number[];
  readonly days: readonly DriftDay[];
};

export type NamedCounts = BinCounts & { readonly day: string };

export type FeatureWords = { readonly text: string; readonly unit: string; readonly isCalendar?: boolean };

/** One feature over the window: its days merged, and each day alone. Days of other bins are no evidence: left out. */
export function featureDrift(
  reference: FeatureReference,
  { text, unit, isCalendar = false }: FeatureWords,
  days: readonly NamedCounts[],
): FeatureDriftView {
  const bins = reference.counts.length;
  const comparable = days.filter((day) => day.counts.length === bins);
  const empty: BinCounts = { counts: reference.counts.map(() => 0), missing: 0 };
  const merged = comparable.reduce<BinCounts>(mergeBinCounts, empty);
  const drift = driftOfCounts(reference, merged);
  const enough = drift.rows >= MIN_DRIFT_ROWS;
  return {
    name: reference.name,
    text,
    unit,
    isCalendar,
    rows: drift.rows,
    psi: enough ? drift.psi : null,
    psiByChance: enough ? byChance(reference.counts, merged.counts) : null,
    missingRate: drift.missingRate,
    referenceMissingRate: drift.referenceMissingRate,
    cuts: reference.cuts,
    counts: merged.counts,
    referenceCounts: reference.counts,
    days: comparable.map((day) => {
      const { rows, psi } = driftOfCounts(reference, day);
      return { day: day.day, rows, psi: rows >= MIN_DRIFT_ROWS ? psi : null };
    }),
  };
}

/** Worst first; features of the calendar and those without a PSI last. */
export function byDrift(a: FeatureDriftView, b: FeatureDriftView): number {
  const rank = ({ psi, isCalendar }: FeatureDriftView): number => (isCalendar ? -1 : (psi ?? -2));
  return rank(b) - rank(a) || (a.name < b.name ? -1 : 1);
}

function byChance(reference: readonly number[], current: readonly number[]): number | null {
  const [n, m] = [sum(reference), sum(current)];
  return n === 0 || m === 0 ? null : (reference.length - 1) * (1 / n + 1 / m);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
