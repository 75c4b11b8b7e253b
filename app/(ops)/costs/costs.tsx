"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type inferParserType, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { LabelledWindow } from "../performance/labelled-window.tsx";
import { type WindowParams, windowInput } from "../performance/search-params.ts";
import { WindowControls } from "../performance/window-controls.tsx";
import { CostCurve } from "./cost-curve.tsx";
import { ModelCosts } from "./model-costs.tsx";
import { costsReading, figuresWords, othersReading } from "./reading.ts";
import { type CostsTab, costsInput, costsParams, costsTabs } from "./search-params.ts";
import { SegmentCosts } from "./segment-costs.tsx";
import { Simulator } from "./simulator.tsx";
import { StrategyTable } from "./strategy-table.tsx";
import type { Costs } from "./types.ts";

const tabNames: Readonly<Record<CostsTab, string>> = {
  thresholds: "Thresholds",
  simulator: "Simulator",
  models: "Models",
  segments: "Segments",
};

/** What each threshold would have cost on payments whose truth is known, by the policy's figures. */
export function CostsPage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(costsParams, { history: "push" });
  const query = useQuery(
    trpc.cost.read.queryOptions(costsInput(params), { placeholderData: keepPreviousData, staleTime: 60_000 }),
  );
  const change = (next: Partial<WindowParams>): void => void setParams(next);
  const view = query.data?.status === "read" ? query.data : null;
  return (
    <>
      <PageHeader
        title="Costs"
        reading={view === null ? null : costsReading(view)}
        actions={
          <>
            <WindowControls params={params} shown={view?.window ?? null} onChange={change} />
            {view !== null && view.currencies.length > 1 && (
              <Select
                label="Currency"
                isLabelHidden
                options={view.currencies.map((code) => ({ value: code, label: code }))}
                value={view.currency}
                onValueChange={(currency) => void setParams({ currency })}
                className="w-20"
              />
            )}
          </>
        }
      />
      <PageBody>
        <LabelledWindow
          query={query}
          view={view}
          what="what each threshold would have cost"
          skeleton={<CostsSkeleton />}
          onChange={change}
          footer={view !== null && <Figures view={view} />}
        >
          {view !== null && (
            <>
              <Tabs
                label="Part of the page"
                tabs={costsTabs.map((value) => ({ value, label: tabNames[value] }))}
                value={params.tab}
                onChange={(tab) => void setParams({ tab })}
              />
              <CostsTabContent view={view} params={params} />
            </>
          )}
        </LabelledWindow>
      </PageBody>
    </>
  );
}

type TabContentProps = { view: Costs; params: inferParserType<typeof costsParams> };

function CostsTabContent({ view, params }: TabContentProps): ReactNode {
  switch (params.tab) {
    case "thresholds":
      return <Thresholds view={view} params={params} />;
    case "simulator":
      return <Simulator window={windowInput(params)} currency={view.currency} />;
    case "models":
      return <ModelCosts input={costsInput(params)} />;
    case "segments":
      return <SegmentCosts input={costsInput(params)} />;
  }
}

/** How sure figures are comes after the figures. */
function Thresholds({ view, params }: TabContentProps): ReactNode {
  const trpc = useTRPC();
  const { data = null } = useQuery(
    trpc.cost.certainty.queryOptions(costsInput(params), { staleTime: 60_000 }),
  );
  return (
    <>
      <CostCurve view={view} certainty={data} />
      <StrategyTable view={view} certainty={data} />
    </>
  );
}

/** The figures that the costs were computed by. */
function Figures({ view }: { view: Costs }): ReactNode {
  return (
    <p className="text-xs text-muted">
      {view.policyNumber === null
        ? "By the starting policy's figures. "
        : `By the figures of policy version ${view.policyNumber}, in ${view.currency}. `}
      {figuresWords(view).join("; ")}.{" "}
      {view.channelsApart &&
        "Channels with figures of their own are judged by these here; the simulator and the segments go by their own. "}
      {othersReading(view)}
    </p>
  );
}

function CostsSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <Skeleton className="h-96" />
      <Skeleton className="h-64" />
    </div>
  );
}
