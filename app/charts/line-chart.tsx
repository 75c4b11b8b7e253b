"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Skeleton } from "#app/ui/skeleton.tsx";
import type { LinePlotProps } from "./line-plot.tsx";

// The drawing library comes after the page: its figures are readable first.
const LinePlot = dynamic(() => import("./line-plot.tsx").then((m) => m.LinePlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** Lines over one x axis, with bands, references and shaded regions. Arrow keys and hover give the exact values. */
export function LineChart({ height = 260, ...rest }: LinePlotProps & { height?: number }): ReactNode {
  return (
    <div style={{ height }}>
      <LinePlot {...rest} />
    </div>
  );
}
