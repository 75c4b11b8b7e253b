"use client";
import type { ReactNode } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  type MouseHandlerDataParam,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import {
  axisLook,
  gridLook,
  MAX_DIRECT_LABELS,
  plotMargin,
  referenceLook,
  xLabel,
  yAxisLook,
} from "./axis-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import {
  type ChartRow,
  chartColors,
  type MarkedPoint,
  type PlotProps,
  type Region,
  type Series,
} from "./chart-types.ts";
import { EndLabel } from "./end-label.tsx";
import { type Handle, HandleMark } from "./handle-mark.tsx";
import { MarkedPoints } from "./marked-points.tsx";

export type LinePlotProps = PlotProps & {
  regions?: readonly Region[];
  /** points of their own, drawn over the lines */
  points?: readonly MarkedPoint[];
  /** names of series at their ends, or above the plot; by their number when left out */
  names?: "direct" | "legend";
  /** told the x value under a press or a drag, as a threshold handle needs */
  onPick?: (x: number) => void;
  /** a mark on the curve that arrow keys move; presses and drags go to onPick */
  handle?: Handle & { x: number; y: number };
};

export function LinePlot(props: LinePlotProps): ReactNode {
  const {
    description,
    rows,
    x,
    y,
    series,
    references = [],
    regions = [],
    points = [],
    onPick,
    handle,
  } = props;
  const names = props.names ?? (series.length <= MAX_DIRECT_LABELS ? "direct" : "legend");
  const isDirect = names === "direct" && series.length > 1;
  const last = rows.length - 1;
  const pick = (state: MouseHandlerDataParam): void => {
    const picked = Number(state.activeLabel);
    if (Number.isFinite(picked)) onPick?.(picked);
  };
  return (
    <ComposedChart
      responsive
      data={rows}
      margin={plotMargin(isDirect)}
      style={{
        width: "100%",
        height: "100%",
        ...(onPick === undefined ? {} : { cursor: "ew-resize", touchAction: "pan-y" }),
      }}
      title={description}
      onMouseDown={pick}
      onMouseMove={(state, event) => {
        if ("buttons" in event && event.buttons === 1) pick(state);
      }}
      onTouchMove={pick}
    >
      <CartesianGrid {...gridLook} />
      <XAxis
        {...axisLook}
        dataKey={x.key}
        type={x.type ?? "number"}
        domain={x.domain === undefined ? ["dataMin", "dataMax"] : [...x.domain]}
        {...(x.ticks === undefined ? {} : { ticks: [...x.ticks] })}
        tickFormatter={x.format}
        label={xLabel(x.label)}
        minTickGap={24}
      />
      <YAxis {...yAxisLook(y)} allowDataOverflow={y.domain !== undefined} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-strong)" }}
        content={(at) => <ChartTooltip at={at} x={x} y={y} series={series} />}
      />
      {regions.map((region) => (
        <ReferenceArea
          key={region.label}
          x1={region.from}
          x2={region.to}
          fill="var(--accent)"
          fillOpacity={0.1}
          label={{ value: region.label, position: "insideTop", fill: "var(--ink-muted)", fontSize: 11 }}
        />
      ))}
      {series.map(
        ({ band, key, color }) =>
          band !== undefined && (
            <Area
              key={`${key} band`}
              dataKey={(row: ChartRow) => [row[band.lowKey], row[band.highKey]]}
              stroke="none"
              fill={chartColors[color]}
              fillOpacity={0.15}
              legendType="none"
              activeDot={false}
              isAnimationActive={false}
            />
          ),
      )}
      {series.map((s) => (
        <Line
          key={s.key}
          dataKey={s.key}
          name={s.label}
          stroke={chartColors[s.color]}
          strokeWidth={2}
          strokeDasharray={dashOf(s, series)}
          legendType="plainline"
          dot={markLook(s)}
          activeDot={{ r: 4 }}
          isAnimationActive={false}
          label={isDirect ? <EndLabel last={s.labelAt ?? last} series={s} /> : false}
        />
      ))}
      {names === "legend" && (
        <Legend
          verticalAlign="top"
          align="right"
          height={24}
          wrapperStyle={{ top: 0, right: 8 }}
          iconSize={18}
          itemSorter={null}
          formatter={(label: string) => (
            <span style={{ color: "var(--ink-muted)", fontSize: 11 }}>{label}</span>
          )}
        />
      )}
      {references.map((reference) => (
        <ReferenceLine key={`${reference.axis} ${reference.label}`} {...referenceLook(reference)} />
      ))}
      <MarkedPoints points={points} />
      {handle !== undefined && (
        <ReferenceDot
          x={handle.x}
          y={handle.y}
          shape={({ cx = 0, cy = 0 }) => <HandleMark cx={cx} cy={cy} handle={handle} />}
        />
      )}
    </ComposedChart>
  );
}

/** Dashed lines differ in their dashes too, for eyes that don't tell their colours apart. */
const dashes = ["5 4", "2 3", "9 3 2 3"] as const;

function dashOf(one: Series, series: readonly Series[]): string {
  const dashed = series.filter(({ isDashed }) => isDashed);
  return one.isDashed ? (dashes[dashed.indexOf(one) % dashes.length] ?? dashes[0]) : "none";
}

function markLook({ marks, color }: Series) {
  if (marks === undefined) return false;
  const stroke = chartColors[color];
  return { r: 3, strokeWidth: 1.5, stroke, fill: marks === "hollow" ? "var(--surface)" : stroke };
}
