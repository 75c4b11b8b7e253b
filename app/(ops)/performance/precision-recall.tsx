"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { MarkedPoint, Series } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import type { CurveProps } from "./curve-props.ts";
import { costAtRates, costPlaneOf, leastCost, precisionOfCost } from "./iso-cost.ts";
import { nearestByRecall } from "./nearest-point.ts";
import { pointReading, scoreText } from "./reading.ts";
import type { Performance } from "./types.ts";

const asPercent = (value: number | string): string => percent(Number(value), 0);

const isoSeries: readonly Series[] = [
  { key: "here", label: "equal cost", color: "second", isDashed: true },
  { key: "cheapest", label: "least cost", color: "third", isDashed: true },
];

/** Precision against recall with its band, lines of equal cost, and the threshold's handle on the curve. */
export function PrecisionRecall({ view, bands, at, point, onPick }: CurveProps): ReactNode {
  const { points, counts } = view;
  const prevalence = counts.fraud / Math.max(1, counts.fraud + counts.legitimate);
  const plane = costPlaneOf(view);
  const [here, least] = plane === null ? [0, 0] : [costAtRates(plane, point), leastCost(plane, points)];
  const rows = points.map(({ threshold, recall, precision }) => ({
    recall,
    precision,
    low: bands?.get(threshold)?.precision?.lower ?? null,
    high: bands?.get(threshold)?.precision?.upper ?? null,
    here: plane === null ? null : precisionOfCost(plane, here, recall ?? 0),
    cheapest: plane === null ? null : precisionOfCost(plane, least, recall ?? 0),
  }));
  return (
    <ChartFrame
      title={pointReading(point)}
      note="Drag the handle, or focus it and use the arrow keys. Band: 95 % interval of precision at a recall, by drawing customers anew. Dashed: all points of a line cost the same at mean amounts."
      fileName="precision-recall"
      values={{
        columns: ["Threshold", "Recall", "Precision", "Low", "High", "Equal cost", "Least cost"],
        rows: points.map(({ threshold }, i) => [
          threshold,
          rows[i]?.recall ?? null,
          rows[i]?.precision ?? null,
          rows[i]?.low ?? null,
          rows[i]?.high ?? null,
          rows[i]?.here ?? null,
          rows[i]?.cheapest ?? null,
        ]),
      }}
    >
      <LineChart
        description={`Precision against recall. ${pointReading(point)}.`}
        rows={rows}
        height={300}
        names="legend"
        x={{ key: "recall", label: "Recall: share of frauds caught", format: asPercent, domain: [0, 1] }}
        y={{ label: "Precision: share of alerts that are fraud", format: asPercent, domain: [0, 1] }}
        series={[
          {
            key: "precision",
            label: "precision",
            color: "champion",
            band: { lowKey: "low", highKey: "high" },
          },
          ...(plane === null ? [] : isoSeries),
        ]}
        references={[
          { axis: "y", at: prevalence, label: `random ranking ${percent(prevalence, 2)}`, side: "left" },
        ]}
        points={servedPoint(view)}
        onPick={(recall) => onPick(nearestByRecall(points, recall))}
        handle={{
          x: point.recall ?? 0,
          y: point.precision ?? 0,
          label: "Threshold on the precision–recall curve",
          now: Math.round((point.recall ?? 0) * 100),
          min: 0,
          max: 100,
          valueText: `Recall ${percent(point.recall)}, precision ${percent(point.precision)}, score ${scoreText(point.threshold)}`,
          onStep: (places) => onPick(at + places),
        }}
      />
    </ChartFrame>
  );
}

/** Where the policy's own alerts stand: off the curve where it weighs amounts beside scores. */
function servedPoint({ served }: Performance): MarkedPoint[] {
  const { recall, precision, precisionInterval: interval } = served;
  if (recall === null || precision === null) return [];
  return [{ x: recall, y: precision, label: "policy as served", interval, side: "left" }];
}
