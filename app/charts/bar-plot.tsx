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
import { axisLook, gridLook, plotMargin, referenceLook, xLabel, yAxisLook } from "./axis-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { chartColors, type PlotProps } from "./chart-types.ts";

export type BarPlotProps = PlotProps & {
  isStacked?: boolean;
  /** bars touch, as bins do */
  isHistogram?: boolean;
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
      <YAxis {...yAxisLook(y)} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--hover)" }}
        content={(at) => <ChartTooltip at={at} x={x} y={y} series={series} />}
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
        <ReferenceLine key={`${reference.axis} ${reference.label}`} {...referenceLook(reference)} />
      ))}
    </RechartsBarChart>
  );
}
