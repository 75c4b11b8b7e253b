"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { ChartRow } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { count, countShort, score } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { learningReading } from "./reading.ts";
import type { LearningView } from "./types.ts";

/** What more labels would buy, by the newest training that asked. */
export function LearningChart(): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.reviewQuality.learningCurve.queryOptions());
  if (query.isPending) return <Skeleton className="h-80" />;
  if (query.isError) {
    return (
      <Card title="What more labels would buy">
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (query.data === null || query.data.curve.points.length === 0) {
    return (
      <Card title="What more labels would buy">
        <EmptyState title="No training has asked yet">
          A training with labels of both kinds draws this curve when its time allows. Give it more with{" "}
          <code>npm run train -- --learning-curve 600</code>.
        </EmptyState>
      </Card>
    );
  }
  const view = query.data;
  const { family, points, fit } = view.curve;
  const most = points.reduce((best, point) => (point.labels > best.labels ? point : best));
  const doubled =
    fit === null
      ? ""
      : ` Twice as many would buy ${score(fit.doubling.gain, 3)} (${score(fit.doubling.interval.lower, 3)} to ${score(fit.doubling.interval.upper, 3)}).`;
  return (
    <ChartFrame
      title={learningReading(view)}
      note={`${family.replaceAll("_", " ")} on parts of what version ${view.version.number} learned from, ${count(most.labels)} labels of which ${count(most.frauds)} frauds; judged on its test days. Line: power law, band 95 %.${doubled}`}
      fileName="learning-curve"
      values={{
        columns: ["Labels", "Frauds", "Average precision"],
        rows: points.map((point) => [point.labels, point.frauds, point.averagePrecision]),
      }}
    >
      <LineChart
        description="Average precision by the number of labels learned from, with the power law through it"
        rows={rowsOf(view)}
        x={{ key: "labels", label: "Labels learned from", format: (value) => countShort(Number(value)) }}
        y={{ label: "Average precision", format: (value) => score(Number(value), 2), domain: [0, "auto"] }}
        series={[
          ...(fit === null
            ? []
            : [
                {
                  key: "law",
                  label: "power law",
                  color: "champion" as const,
                  band: { lowKey: "low", highKey: "high" },
                },
              ]),
          { key: "measured", label: "measured", color: "second", marks: "hollow" as const, labelAt: 0 },
        ]}
        references={[{ axis: "x", at: most.labels, label: "labels now", side: "left" }]}
      />
    </ChartFrame>
  );
}

/** The law's places, with the mean of what was measured where something was. */
function rowsOf({ curve: { points, fit } }: LearningView): ChartRow[] {
  const sizes = Map.groupBy(points, (point) => point.labels);
  const measuredAt = (labels: number): number | null => {
    const at = sizes.get(labels);
    if (at === undefined) return null;
    return at.reduce((sum, point) => sum + point.averagePrecision, 0) / at.length;
  };
  if (fit === null) {
    const sorted = [...sizes.keys()].sort((a, b) => a - b);
    return sorted.map((labels) => ({ labels, measured: measuredAt(labels) }));
  }
  return fit.curve.map(({ labels, value, lower, upper }) => ({
    labels,
    law: value,
    low: lower,
    high: upper,
    measured: measuredAt(labels),
  }));
}
