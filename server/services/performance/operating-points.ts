import { type CurvePoint, thinnedCurve } from "#ml/evaluation/curves.ts";
import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { type Rung, rungAt } from "./ladder.ts";

/** What alerting everything at or above `threshold` would have done; money of one currency. */
export type OperatingPoint = {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
  readonly caughtMinor: number;
  readonly stoppedMinor: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly fpr: number | null;
  readonly precisionInterval: Interval | null;
  readonly recallInterval: Interval | null;
};

const CURVE_POINTS = 300;

/**
 * At most some 400 exact operating points, highest threshold first: points of the curve, taken and never averaged, so
 * that its steep beginning keeps its shape, and every threshold of `keep`. `money` holds the same thresholds as
 * `rungs`, counted in the currency that is shown. O(rungs).
 */
export function operatingPoints(
  rungs: readonly Rung[],
  money: readonly Rung[],
  keep: readonly number[],
): OperatingPoint[] {
  const totals = { fraud: rungs.at(-1)?.fraud.rows ?? 0, legitimate: rungs.at(-1)?.legitimate.rows ?? 0 };
  const points = rungs.flatMap((rung) => (rung.threshold === null ? [] : curvePoint(rung, totals)));
  const kept = new Set([...thinnedCurve(points, CURVE_POINTS).map((point) => point.threshold), ...keep]);
  const shown = points.filter((point) => kept.has(point.threshold));
  const moneyAt = rungAt(money);
  return shown.map((point) => {
    const rung = moneyAt(point.threshold);
    return {
      ...point,
      caughtMinor: rung?.fraud.amountMinor ?? 0,
      stoppedMinor: rung?.legitimate.amountMinor ?? 0,
      precisionInterval: wilsonInterval(point.tp, point.tp + point.fp),
      recallInterval: wilsonInterval(point.tp, totals.fraud),
    };
  });
}

function curvePoint(rung: Rung, totals: { fraud: number; legitimate: number }): CurvePoint[] {
  const [tp, fp] = [rung.fraud.rows, rung.legitimate.rows];
  return [
    {
      threshold: rung.threshold ?? 0,
      tp,
      fp,
      precision: tp + fp === 0 ? null : tp / (tp + fp),
      recall: totals.fraud === 0 ? null : tp / totals.fraud,
      fpr: totals.legitimate === 0 ? null : fp / totals.legitimate,
    },
  ];
}
