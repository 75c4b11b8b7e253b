"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton, SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { DriftAlerts } from "./drift-alerts.tsx";
import { DriftFigures } from "./drift-figures.tsx";
import { FeatureDetailPanel } from "./feature-detail.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { Impact } from "./impact.tsx";
import { NothingWatched } from "./nothing-watched.tsx";
import { driftParams, driftSpans, driftTabs } from "./search-params.ts";
import { ServedData } from "./served-data.tsx";
import { ServedDays } from "./served-days.tsx";
import type { Drift } from "./types.ts";
import { driftReading, weekWords } from "./words.ts";

const tabNames = { features: "Features", figures: "Recall, cost and labels", data: "Data served" } as const;

/** How far features, scores and labels of each week lie from what was usual, and what that does to recall and cost. */
export function DriftPage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(driftParams, { history: "push" });
  const { weeks, week } = params;
  const options = { placeholderData: keepPreviousData, staleTime: 60_000 };
  const query = useQuery(trpc.drift.read.queryOptions({ weeks, week }, options));
  const view = query.data;
  return (
    <>
      <PageHeader
        title="Drift"
        reading={view?.status === "read" ? driftReading(view) : null}
        actions={
          <div className="flex items-center gap-2">
            {view?.status === "read" && (
              <WeekSelect view={view} onChange={(to) => void setParams({ week: to })} />
            )}
            <Select
              label="Weeks shown"
              isLabelHidden
              options={driftSpans.map((span) => ({ value: String(span), label: `${span} weeks` }))}
              value={String(weeks)}
              onValueChange={(value) => void setParams({ weeks: driftParams.weeks.parse(value) ?? 26 })}
              className="w-28"
            />
          </div>
        }
      />
      <PageBody>
        {query.isPending ? (
          <DriftSkeleton />
        ) : query.isError ? (
          <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
        ) : query.data.status === "read" ? (
          <DriftContent view={query.data} />
        ) : (
          <NothingWatched champion={query.data.status === "no_champion" ? null : query.data.champion} />
        )}
      </PageBody>
    </>
  );
}

function WeekSelect({ view, onChange }: { view: Drift; onChange: (week: string) => void }): ReactNode {
  const options = view.weeks.toReversed().map(({ week, phase }) => ({
    value: week,
    label: `${weekWords(week)}${phase === "watched" ? "" : phase === "running" ? ", so far" : ", usual"}`,
  }));
  const value = view.weeks[view.at]?.week ?? "";
  return (
    <Select
      label="Week"
      isLabelHidden
      options={options}
      value={value}
      onValueChange={onChange}
      className="w-60"
    />
  );
}

function DriftContent({ view }: { view: Drift }): ReactNode {
  const [{ tab, feature, weeks, page }, setParams] = useQueryStates(driftParams, { history: "push" });
  const all = [view.score, ...view.features];
  const selected =
    all.find((each) => each.name === feature)?.name ?? view.features[0]?.name ?? view.score.name;
  return (
    <div className="space-y-4">
      <DriftAlerts view={view} />
      <Impact view={view} />
      <nav aria-label="Parts of drift" className="flex flex-wrap gap-1">
        {driftTabs.map((each) => (
          <Button
            key={each}
            look={each === tab ? "secondary" : "quiet"}
            aria-current={each === tab ? "page" : undefined}
            onClick={() => void setParams({ tab: each })}
          >
            {tabNames[each]}
          </Button>
        ))}
      </nav>
      {tab === "figures" && <DriftFigures view={view} />}
      {tab === "data" && <DataServed view={view} />}
      {tab === "features" && (
        <div className="grid items-start gap-4 xl:grid-cols-12">
          <div className="min-w-0 xl:col-span-8 2xl:col-span-7">
            <FeatureTable
              view={view}
              selected={selected}
              onSelect={(name) => void setParams({ feature: name })}
              page={page}
              onPage={(next) => void setParams({ page: next })}
            />
          </div>
          <div className="min-w-0 xl:sticky xl:top-18 xl:col-span-4 2xl:col-span-5">
            <FeatureDetailPanel feature={selected} weeks={weeks} view={view} />
          </div>
        </div>
      )}
    </div>
  );
}

function DataServed({ view }: { view: Drift }): ReactNode {
  return (
    <div className="space-y-4">
      <ServedDays />
      <ServedData view={view} />
    </div>
  );
}

function DriftSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-12">
      <div className="xl:col-span-8 2xl:col-span-7">
        <SkeletonRows rows={16} />
      </div>
      <Skeleton className="h-96 xl:col-span-4 2xl:col-span-5" />
    </div>
  );
}
