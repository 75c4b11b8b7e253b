import type { ReactNode } from "react";
import { type Axis, type ChartRow, chartColors, type Series } from "./chart-types.ts";

type ChartTooltipProps = {
  /** what the pointer is at, as recharts tells it */
  at: { active: boolean; payload: readonly { payload?: ChartRow }[] };
  x: Axis;
  y: Axis;
  series: readonly Series[];
};

/** The exact values of one place on the x axis, with intervals. */
export function ChartTooltip({ at, x, y, series }: ChartTooltipProps): ReactNode {
  const row = at.payload[0]?.payload;
  if (!at.active || row === undefined) return null;
  const place = row[x.key ?? ""] ?? null;
  return (
    <div className="rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs shadow-float">
      <div className="text-muted">
        {x.label}: {place === null ? "–" : x.format(place)}
      </div>
      {series.map((s) => (
        <div key={s.key} className="flex items-center gap-2">
          <span aria-hidden="true" className="h-0.5 w-3" style={{ background: chartColors[s.color] }} />
          <span>{s.label}</span>
          <span className="ml-auto pl-3 font-medium">{valueText(row, s, y)}</span>
        </div>
      ))}
    </div>
  );
}

function valueText(row: ChartRow, series: Series, y: Axis): string {
  const value = row[series.key] ?? null;
  if (value === null) return "–";
  const low = series.band === undefined ? null : (row[series.band.lowKey] ?? null);
  const high = series.band === undefined ? null : (row[series.band.highKey] ?? null);
  const interval = low === null || high === null ? "" : ` (${y.format(low)} to ${y.format(high)})`;
  return `${y.format(value)}${interval}`;
}
