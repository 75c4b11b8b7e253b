"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { nearestByRecall } from "./nearest-point.ts";
import { pointReading, scoreText } from "./reading.ts";
import type { OperatingPoint, Performance } from "./types.ts";

type PrecisionRecallProps = {
  view: Performance;
  at: number;
  point: OperatingPoint;
  onPick: (index: number) => void;
};

const asPercent = (value: number | string): string => percent(Number(value), 0);

/** Precision against recall, with the threshold's handle on the curve. */
export function PrecisionRecall({ view, at, point, onPick }: PrecisionRecallProps): ReactNode {
  const { points, counts } = view;
  const prevalence = counts.fraud / Math.max(1, counts.fraud + counts.legitimate);
  const rows = points.map((p) => ({
    recall: p.recall,
    precision: p.precision,
    low: p.precisionInterval?.lower ?? null,
    high: p.precisionInterval?.upper ?? null,
  }));
  return (
    <ChartFrame
      title={pointReading(point)}
      note="Drag the handle, or focus it and use the arrow keys. Band: 95 % Wilson interval of precision."
      fileName="precision-recall"
      values={{
        columns: [
          "Threshold",
          "Recall",
          "Precision",
          "Precision low",
          "Precision high",
          "False-positive rate",
        ],
        rows: points.map((p) => [
          p.threshold,
          p.recall,
          p.precision,
          p.precisionInterval?.lower ?? null,
          p.precisionInterval?.upper ?? null,
          p.fpr,
        ]),
      }}
    >
      <LineChart
        description={`Precision against recall. ${pointReading(point)}.`}
        rows={rows}
        x={{ key: "recall", label: "Recall: share of frauds caught", format: asPercent, domain: [0, 1] }}
        y={{ label: "Precision: share of alerts that are fraud", format: asPercent, domain: [0, 1] }}
        series={[
          {
            key: "precision",
            label: "Precision",
            color: "champion",
            band: { lowKey: "low", highKey: "high" },
          },
        ]}
        references={[
          { axis: "y", at: prevalence, label: `random ranking ${percent(prevalence, 2)}`, side: "left" },
        ]}
        onPick={(recall) => onPick(nearestByRecall(points, recall))}
        handle={{
          x: point.recall ?? 0,
          y: point.precision ?? 0,
          label: "Threshold on the curve",
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
