"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { placeOfScore } from "#app/charts/log-odds.ts";
import { ScoreHistogram } from "#app/charts/score-histogram.tsx";
import { count, percent } from "#app/format/number.ts";
import { ConfusionCard } from "./confusion-card.tsx";
import { nearestByScore } from "./nearest-point.ts";
import { PrecisionRecall } from "./precision-recall.tsx";
import { scoreText } from "./reading.ts";
import type { OperatingPoint, Performance } from "./types.ts";

type ThresholdPanelProps = {
  view: Performance;
  threshold: number | null;
  onChange: (threshold: number) => void;
};

/** One threshold, three views: on the curve, on the scores, and in payments and money. Moving it moves all. */
export function ThresholdPanel({ view, threshold, onChange }: ThresholdPanelProps): ReactNode {
  const { points, histogram } = view;
  const at = nearestByScore(points, threshold ?? 0.5);
  const point = points[at];
  if (point === undefined) return null;
  const pick = (index: number): void => {
    const picked = points[Math.max(0, Math.min(points.length - 1, index))];
    if (picked !== undefined) onChange(picked.threshold);
  };
  return (
    <div className="grid gap-4 lg:grid-cols-12">
      <div className="lg:col-span-5">
        <PrecisionRecall view={view} at={at} point={point} onPick={pick} />
      </div>
      <div className="lg:col-span-4">
        <ChartFrame
          title={alertsTitle(view, point)}
          note="Each class as a share of itself. Pale: under the threshold."
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
            handle={{
              label: "Threshold",
              now: Math.round(placeOfScore(point.threshold) * 100),
              min: 0,
              max: 100,
              valueText: pointWords(point),
              // Points run from the highest threshold down.
              onStep: (places) => pick(at - places),
            }}
            onPick={(score) => pick(nearestByScore(points, score))}
          />
        </ChartFrame>
      </div>
      <div className="lg:col-span-3">
        <ConfusionCard view={view} point={point} />
      </div>
    </div>
  );
}

function pointWords(point: OperatingPoint): string {
  return `Score ${scoreText(point.threshold)}: recall ${percent(point.recall)}, precision ${percent(point.precision)}`;
}

function alertsTitle({ counts }: Performance, point: OperatingPoint): string {
  const alerts = point.tp + point.fp;
  return `${count(alerts)} of ${count(counts.fraud + counts.legitimate)} payments score ${scoreText(point.threshold)} or more`;
}
