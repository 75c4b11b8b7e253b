"use client";
import type { ReactNode } from "react";
import { CohortsByWeek } from "./cohorts.tsx";
import { OverTime } from "./over-time.tsx";
import type { TabProps } from "./tab-props.ts";

/** Recall and precision as time went on: by week of payment over all history, then the window by the policy as served. */
export function OverTimeTab({ view, input, threshold }: TabProps): ReactNode {
  return (
    <div className="space-y-4">
      <CohortsByWeek version={view.window.versionId} threshold={threshold} />
      <h2 className="pt-2 text-sm font-semibold">In the window, by what the policy did</h2>
      <OverTime input={input} threshold={threshold} />
    </div>
  );
}
