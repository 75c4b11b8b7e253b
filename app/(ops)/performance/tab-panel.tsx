"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Skeleton } from "#app/ui/skeleton.tsx";
import type { PerformanceTab } from "./search-params.ts";
import { CurvesSkeleton } from "./skeleton.tsx";
import type { TabProps } from "./tab-props.ts";

const loading = (): ReactNode => <Skeleton className="h-96" />;

// A tab's code and figures come when it is opened.
const panels = {
  curves: dynamic(() => import("./tab-curves.tsx").then((m) => m.CurvesTab), { loading: CurvesSkeleton }),
  "over-time": dynamic(() => import("./tab-over-time.tsx").then((m) => m.OverTimeTab), { loading }),
  segments: dynamic(() => import("./tab-segments.tsx").then((m) => m.SegmentsTab), { loading }),
  calibration: dynamic(() => import("./tab-calibration.tsx").then((m) => m.CalibrationTab), { loading }),
  models: dynamic(() => import("./tab-models.tsx").then((m) => m.ModelsTab), { loading }),
} as const;

/** The chosen part of the page. */
export function TabPanel({ tab, ...props }: TabProps & { tab: PerformanceTab }): ReactNode {
  const Panel = panels[tab];
  return <Panel {...props} />;
}
