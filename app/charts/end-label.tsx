import type { ReactNode } from "react";
import { chartColors, type Series } from "./chart-types.ts";

type EndLabelProps = {
  last: number;
  series: Series;
  /** from the chart */
  index?: number;
  x?: number | string;
  y?: number | string;
};

/** The series' name beside its last point, in its colour: no legend to look up. */
export function EndLabel({ last, series, index, x, y }: EndLabelProps): ReactNode {
  if (index !== last || x === undefined || y === undefined) return null;
  return (
    <text
      x={Number(x) + 8}
      y={Number(y)}
      dy={series.labelAt === undefined ? 4 : -7}
      fontSize={11}
      fill={chartColors[series.color]}
    >
      {series.label}
    </text>
  );
}
