import type { ReactNode } from "react";

type SparklineProps = { values: readonly number[]; description: string; height?: number };

const WIDTH = 300;

/** Counts as thin bars from zero, without axes; its figures must stand beside it. */
export function Sparkline({ values, description, height = 36 }: SparklineProps): ReactNode {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  const bars = values.map((value, at) => ({ x: at * step, tall: (value / most) * (height - 1) }));
  return (
    <svg
      role="img"
      aria-label={description}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <line x2={WIDTH} y1={height - 0.5} y2={height - 0.5} stroke="var(--chart-grid)" />
      {bars.map(({ x, tall }) => (
        <rect key={x} x={x} y={height - tall} width={step * 0.7} height={tall} fill="var(--chart-champion)" />
      ))}
    </svg>
  );
}
