import type { ReactNode } from "react";

type SparklineProps = { values: readonly number[]; description: string; height?: number };

const WIDTH = 300;

/** A line without axes, from zero; its figures must stand beside it. */
export function Sparkline({ values, description, height = 36 }: SparklineProps): ReactNode {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg
      role="img"
      aria-label={description}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <polygon
        points={`0,${height} ${points.join(" ")} ${WIDTH},${height}`}
        fill="var(--chart-champion)"
        opacity={0.12}
      />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="var(--chart-champion)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
