import type { YAxisProps } from "recharts";
import type { Axis, Reference } from "./chart-types.ts";

/** What every axis of every chart looks like. */
export const axisLook = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--ink-muted)", fontSize: 11 },
  tickLine: false,
  tickMargin: 6,
} as const;

export const gridLook = { stroke: "var(--chart-grid)", vertical: false } as const;

const labelText = { fill: "var(--ink-muted)", fontSize: 11 } as const;

export function xLabel(value: string) {
  return { value, position: "insideBottom", offset: -14, style: labelText } as const;
}

/** The y axis is named above it, where it reads without turning the head. */
function yLabel(value: string) {
  return {
    value,
    position: "top",
    offset: 8,
    style: { ...labelText, textAnchor: "start" },
    dx: -24,
  } as const;
}

/** The y axis of every chart, from zero unless the chart says otherwise. */
export function yAxisLook(y: Axis) {
  return {
    ...axisLook,
    axisLine: false,
    width: 52,
    domain: y.domain === undefined ? [0, "auto"] : [...y.domain],
    ...(y.ticks === undefined ? {} : { ticks: [...y.ticks] }),
    tickFormatter: y.format,
    label: yLabel(y.label),
  } satisfies YAxisProps;
}

/** A dashed line across the plot with its label at the end named. */
export function referenceLook({ axis, at, label, side = "right" }: Reference) {
  const positions = {
    x: { left: "insideTopLeft", right: "insideTopRight" },
    y: { left: "insideBottomLeft", right: "insideBottomRight" },
  } as const;
  return {
    ...(axis === "x" ? { x: at } : { y: at }),
    stroke: "var(--chart-reference)",
    strokeDasharray: "4 3",
    label: { value: label, position: positions[axis][side], ...labelText },
  } as const;
}

/** Direct labels stand to the right of the last point. */
export const MAX_DIRECT_LABELS = 3;
export function plotMargin(hasDirectLabels: boolean) {
  return { top: 24, right: hasDirectLabels ? 92 : 16, bottom: 20, left: 0 } as const;
}
