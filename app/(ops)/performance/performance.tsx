"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { LabelledWindow } from "./labelled-window.tsx";
import { performanceReading } from "./reading.ts";
import {
  type PerformanceTab,
  performanceParams,
  performanceTabs,
  type WindowParams,
  windowInput,
} from "./search-params.ts";
import { PerformanceSkeleton } from "./skeleton.tsx";
import { TabPanel } from "./tab-panel.tsx";
import { WindowControls } from "./window-controls.tsx";

const tabNames: Readonly<Record<PerformanceTab, string>> = {
  curves: "Curves",
  "over-time": "Over time",
  segments: "Segments",
  calibration: "Calibration",
  models: "Models",
};

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
        {view !== null && (
          <Tabs
            label="Part of the page"
            tabs={performanceTabs.map((value) => ({ value, label: tabNames[value] }))}
            value={params.tab}
            onChange={(tab) => void setParams({ tab })}
          />
        )}
        <LabelledWindow
          query={query}
          view={view}
          what="performance"
          skeleton={<PerformanceSkeleton />}
          onChange={change}
          needsLabels={params.tab !== "over-time"}
        >
          {view !== null && (
            <TabPanel
              tab={params.tab}
              view={view}
              input={windowInput(params)}
              threshold={params.threshold ?? view.startThreshold ?? 0.5}
              onThreshold={(threshold) => void setParams({ threshold }, { history: "replace" })}
            />
          )}
        </LabelledWindow>
      </PageBody>
    </>
  );
}
