"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { Reference } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { count } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import type { AlertEvidence } from "#server/domain/alert.ts";
import { seriesInfo, seriesValue } from "#server/domain/alert-series.ts";

type SeriesChartProps = { evidence: AlertEvidence; number: number };

/** The series up to the window that fired, with the limit that it passed. */
export function SeriesChart({ evidence, number }: SeriesChartProps): ReactNode {
  const { series, points, limit, from } = evidence;
  const { label, of, every } = seriesInfo[series];
  const value = (each: number | null): string => seriesValue(series, each);
  const hasNotes = points.some(({ note }) => note !== undefined);
  const hasBand = points.some(({ lower }) => lower !== null);
  const references: Reference[] = [
    ...(limit === null ? [] : [{ axis: "y" as const, at: limit, label: `limit ${value(limit)}` }]),
    { axis: "x", at: dayShort(from), label: "fired from here", side: "right" },
  ];
  return (
    <ChartFrame
      title={`${label}: ${value(points.at(-1)?.value ?? null)} when it fired${
        limit === null ? "" : `, ${evidence.direction} its limit of ${value(limit)}`
      }`}
      note={`By ${every}, UTC.${hasBand ? " The band is a 95 % interval; the whole of it has to be beyond the limit." : ""}`}
      fileName={`alert-${number}`}
      values={{
        columns: [
          every === "week" ? "Week from" : "Day",
          label,
          "Lower",
          "Upper",
          `Of ${of}`,
          ...(hasNotes ? ["What"] : []),
        ],
        rows: points.map((point) => [
          point.at.slice(0, 10),
          value(point.value),
          value(point.lower),
          value(point.upper),
          count(point.sample),
          ...(hasNotes ? [point.note ?? ""] : []),
        ]),
      }}
    >
      <LineChart
        description={`${label} by ${every}, with the limit that raised the alert`}
        rows={points.map(({ note: _, ...point }) => ({ ...point, day: dayShort(point.at) }))}
        x={{
          key: "day",
          label: every === "week" ? "Week, UTC" : "Day, UTC",
          format: String,
          type: "category",
        }}
        y={{ label, format: (each) => value(Number(each)) }}
        series={[
          {
            key: "value",
            label,
            color: "champion",
            marks: "filled",
            ...(hasBand ? { band: { lowKey: "lower", highKey: "upper" } } : {}),
          },
        ]}
        references={references}
        height={240}
      />
    </ChartFrame>
  );
}
