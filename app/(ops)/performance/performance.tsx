"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { CalibrationCard } from "./calibration.tsx";
import { LabelledWindow } from "./labelled-window.tsx";
import { OverTime } from "./over-time.tsx";
import { performanceReading } from "./reading.ts";
import { performanceParams, type WindowParams, windowInput } from "./search-params.ts";
import { SegmentsCard } from "./segments.tsx";
import { PerformanceSkeleton } from "./skeleton.tsx";
import { Summary } from "./summary.tsx";
import { ThresholdPanel } from "./threshold-panel.tsx";
import { WindowControls } from "./window-controls.tsx";

/** How well scores told fraud from the rest, on payments whose truth is known, and what each threshold would do. */
export function PerformancePage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(performanceParams, { history: "push" });
  const query = useQuery(
    trpc.performance.read.queryOptions(windowInput(params), {
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const change = (next: Partial<WindowParams>): void => void setParams({ ...next, threshold: null });
  const view = query.data?.status === "read" ? query.data : null;
  return (
    <>
      <PageHeader
        title="Performance"
        reading={view === null ? null : performanceReading(view)}
        actions={<WindowControls params={params} shown={view?.window ?? null} onChange={change} />}
      />
      <PageBody>
        <LabelledWindow
          query={query}
          view={view}
          what="performance"
          skeleton={<PerformanceSkeleton />}
          onChange={change}
        >
          {view !== null && (
            <>
              <Summary view={view} />
              <ThresholdPanel
                view={view}
                threshold={params.threshold ?? view.startThreshold}
                onChange={(threshold) => void setParams({ threshold }, { history: "replace" })}
              />
              <OverTime
                input={windowInput(params)}
                threshold={params.threshold ?? view.startThreshold ?? 0.5}
              />
              <CalibrationCard input={windowInput(params)} />
              <SegmentsCard
                input={windowInput(params)}
                threshold={params.threshold ?? view.startThreshold ?? 0.5}
              />
            </>
          )}
        </LabelledWindow>
      </PageBody>
    </>
  );
}
