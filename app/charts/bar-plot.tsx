"use client";
import type { ReactNode } from "react";
import {
  Bar,
  CartesianGrid,
  Legend,
  BarChart as RechartsBarChart,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisLook, gridLook, plotMargin, xLabel, yLabel } from "./axis-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { type Axis, type ChartRow, chartColors, type Reference, type Series } from "./chart-types.ts";

export type BarPlotProps = {
  /** what the chart shows, for people who can't see it */
  description: string;
  rows: readonly ChartRow[];
  x: Axis & { key: string };
  y: Axis;
  /** at most five */
  series: readonly Series[];
  isStacked?: boolean;
  /** bars touch, as bins do */
  isHistogram?: boolean;
  references?: readonly Reference[];
};

export function BarPlot(props: BarPlotProps): ReactNode {
  const { description, rows, x, y, series, isStacked = false, isHistogram = false, references = [] } = props;
  return (
    <RechartsBarChart
      responsive
      data={rows}
      margin={plotMargin(false)}
      style={{ width: "100%", height: "100%" }}
      title={description}
      barCategoryGap={isHistogram ? 1 : "20%"}
      barGap={1}
    >
      <CartesianGrid {...gridLook} />
      <XAxis
        {...axisLook}
        dataKey={x.key}
        type="category"
        tickFormatter={x.format}
        label={xLabel(x.label)}
        minTickGap={8}
      />
      <YAxis
        {...axisLook}
        axisLine={false}
        width={52}
        domain={y.domain === undefined ? [0, "auto"] : [...y.domain]}
        tickFormatter={y.format}
        label={yLabel(y.label)}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--hover)" }}
        content={({ active, payload }) =>
          active ? <ChartTooltip row={payload[0]?.payload} x={x} y={y} series={series} /> : null
        }
      />
      {series.length > 1 && (
        <Legend
          verticalAlign="top"
          align="right"
          height={24}
          iconSize={8}
          itemSorter={null}
          formatter={(label: string) => (
            <span style={{ color: "var(--ink-muted)", fontSize: 11 }}>{label}</span>
          )}
        />
      )}
      {series.map((s) => (
        <Bar
          key={s.key}
          dataKey={s.key}
          name={s.label}
          fill={chartColors[s.color]}
          stackId={isStacked ? "all" : s.key}
          stroke={isStacked ? "var(--surface)" : "none"}
          isAnimationActive={false}
        />
      ))}
      {references.map((reference) => (
        <ReferenceLine
          key={`${reference.axis} ${reference.label}`}
          {...(reference.axis === "x" ? { x: reference.at } : { y: reference.at })}
          stroke="var(--chart-reference)"
          strokeDasharray="4 3"
          label={{
            value: reference.label,
            position: "insideTopRight",
            fill: "var(--ink-muted)",
            fontSize: 11,
          }}
        />
      ))}
    </RechartsBarChart>
  );
}
