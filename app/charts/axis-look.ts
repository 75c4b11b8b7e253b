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
export function yLabel(value: string) {
  return {
    value,
    position: "top",
    offset: 8,
    style: { ...labelText, textAnchor: "start" },
    dx: -24,
  } as const;
}

/** Direct labels stand to the right of the last point. */
export const MAX_DIRECT_LABELS = 3;
export function plotMargin(hasDirectLabels: boolean) {
  return { top: 24, right: hasDirectLabels ? 92 : 16, bottom: 20, left: 0 } as const;
}
