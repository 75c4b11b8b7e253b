"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { placeOfScore } from "#app/charts/log-odds.ts";
import { ScoreHistogram } from "#app/charts/score-histogram.tsx";
import { count, percent } from "#app/format/number.ts";
import { ConfusionCard } from "./confusion-card.tsx";
import type { CurveProps } from "./curve-props.ts";
import { nearestByScore } from "./nearest-point.ts";
import { PrecisionRecall } from "./precision-recall.tsx";
import { scoreText } from "./reading.ts";
import { RocCurve } from "./roc-curve.tsx";
import type { OperatingPoint, Performance } from "./types.ts";

type ThresholdPanelProps = Pick<CurveProps, "view" | "bands" | "ranking"> & {
  threshold: number | null;
  onChange: (threshold: number) => void;
};

/** One threshold on both curves and on the scores, and beside them what it does in payments, money and cases. */
export function ThresholdPanel({
  view,
  bands,
  ranking,
  threshold,
  onChange,
}: ThresholdPanelProps): ReactNode {
  const { points } = view;
  const at = nearestByScore(points, threshold ?? 0.5);
  const point = points[at];
  if (point === undefined) return null;
  const pick = (index: number): void => {
    const picked = points[Math.max(0, Math.min(points.length - 1, index))];
    if (picked !== undefined) onChange(picked.threshold);
  };
  const curve: CurveProps = { view, bands, ranking, at, point, onPick: pick };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-12">
      <div className="grid min-w-0 gap-4 lg:col-span-9 xl:grid-cols-2">
        <PrecisionRecall {...curve} />
        <RocCurve {...curve} />
        <div className="min-w-0 xl:col-span-2">
          <ScoresCard {...curve} />
        </div>
      </div>
      <div className="min-w-0 max-lg:-order-1 lg:sticky lg:top-18 lg:col-span-3">
        <ConfusionCard view={view} point={point} />
      </div>
    </div>
  );
}

function ScoresCard({ view, at, point, onPick }: CurveProps): ReactNode {
  const { points, histogram } = view;
  return (
    <ChartFrame
      title={alertsTitle(view, point)}
      note="Each class against its own largest bin. Pale: under the threshold. Drag the line."
      fileName="score-histogram"
      values={{
        columns: ["Score from", "Score to", "Frauds", "Legitimate"],
        rows: histogram.map((bin) => [bin.from, bin.to, bin.fraud, bin.legitimate]),
      }}
    >
      <ScoreHistogram
        description="Scores of frauds and of legitimate payments, with the threshold"
        bins={histogram}
        threshold={point.threshold}
        height={220}
        handle={{
          label: "Threshold",
          now: Math.round(placeOfScore(point.threshold) * 100),
          min: 0,
          max: 100,
          valueText: pointWords(point),
          // Points run from the highest threshold down.
          onStep: (places) => onPick(at - places),
        }}
        onPick={(score) => onPick(nearestByScore(points, score))}
      />
    </ChartFrame>
  );
}

function pointWords(point: OperatingPoint): string {
  return `Score ${scoreText(point.threshold)}: recall ${percent(point.recall)}, precision ${percent(point.precision)}`;
}

function alertsTitle({ counts }: Performance, point: OperatingPoint): string {
  const alerts = point.tp + point.fp;
  return `${count(alerts)} of ${count(counts.fraud + counts.legitimate)} payments score ${scoreText(point.threshold)} or more`;
}
