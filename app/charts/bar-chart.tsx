"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Skeleton } from "#app/ui/skeleton.tsx";
import type { BarPlotProps } from "./bar-plot.tsx";

const BarPlot = dynamic(() => import("./bar-plot.tsx").then((m) => m.BarPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** Bars from zero: side by side, or stacked; without gaps when the x axis is cut into bins, as a histogram. */
export function BarChart({ height = 260, ...rest }: BarPlotProps & { height?: number }): ReactNode {
  return (
    <div style={{ height }}>
      <BarPlot {...rest} />
    </div>
  );
}
