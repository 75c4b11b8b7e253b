"use client";
import type { ReactNode } from "react";
import { Summary } from "./summary.tsx";
import type { TabProps } from "./tab-props.ts";
import { ThresholdPanel } from "./threshold-panel.tsx";

/** How well scores rank, and what each threshold would do. */
export function CurvesTab({ view, threshold, onThreshold }: TabProps): ReactNode {
  return (
    <div className="space-y-4">
      <Summary view={view} />
      <ThresholdPanel view={view} threshold={threshold} onChange={onThreshold} />
    </div>
  );
}
