import { Fragment, type ReactNode } from "react";
import { ReferenceDot, ReferenceLine } from "recharts";
import type { MarkedPoint } from "./chart-types.ts";

/** Hollow dots with their intervals and names, over the lines of a plot. */
export function MarkedPoints({ points }: { points: readonly MarkedPoint[] }): ReactNode {
  return points.map(({ x, y, label, interval, side = "right" }) => (
    <Fragment key={label}>
      {interval !== null && (
        <ReferenceLine
          segment={[
            { x, y: interval.lower },
            { x, y: interval.upper },
          ]}
          stroke="var(--ink)"
          strokeWidth={1.5}
        />
      )}
      <ReferenceDot
        x={x}
        y={y}
        r={3.5}
        fill="var(--surface)"
        stroke="var(--ink)"
        strokeWidth={1.5}
        label={{
          value: label,
          position: side,
          dy: side === "left" ? -12 : 12,
          fill: "var(--ink)",
          fontSize: 11,
        }}
      />
    </Fragment>
  ));
}
