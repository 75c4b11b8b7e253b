"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { day } from "#app/format/time.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton, SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { FeatureDetail } from "./feature-detail.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { driftParams, driftSpans } from "./search-params.ts";
import type { ChampionOfDrift, Drift } from "./types.ts";
import { driftReading } from "./words.ts";

/** How far the champion's inputs and scores moved from what it learned from: worst first. */
export function DriftPage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(driftParams, { history: "push" });
  const query = useQuery(
    trpc.drift.read.queryOptions(
      { days: params.days },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  const view = query.data;
  return (
    <>
      <PageHeader
        title="Drift"
        reading={view?.status === "read" ? driftReading(view) : null}
        actions={
          <Select
            label="Window"
            isLabelHidden
            options={driftSpans.map((days) => ({
              value: String(days),
              label: days === 1 ? "Last day" : `Last ${days} days`,
            }))}
            value={String(params.days)}
            onValueChange={(value) => void setParams({ days: driftParams.days.parse(value) ?? 7 })}
            className="w-36"
          />
        }
      />
      <PageBody>
        {query.isPending ? (
          <DriftSkeleton />
        ) : query.isError ? (
          <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
        ) : query.data.status === "read" ? (
          <DriftContent
            view={query.data}
            feature={params.feature}
            onSelect={(feature) => void setParams({ feature })}
          />
        ) : (
          <NothingToCompare champion={query.data.status === "no_champion" ? null : query.data.champion} />
        )}
      </PageBody>
    </>
  );
}

type DriftContentProps = { view: Drift; feature: string | null; onSelect: (feature: string) => void };

function DriftContent({ view, feature, onSelect }: DriftContentProps): ReactNode {
  const all = [view.score, ...view.features];
  const selected = all.find((each) => each.name === feature) ?? view.features[0] ?? view.score;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-12">
      <div className="space-y-4 xl:col-span-8 2xl:col-span-7">
        {!view.floor.met && (
          <Card>
            <EmptyState
              title={`Not enough data yet: ${view.rows} of ${view.floor.needed} payments`}
              icon="drift"
            >
              Under {view.floor.needed} payments a shift is little more than chance, so no PSI is shown.
              Choose a longer window, or come back when more payments were scored.
            </EmptyState>
          </Card>
        )}
        <FeatureTable view={view} selected={selected.name} onSelect={onSelect} />
      </div>
      <div className="xl:sticky xl:top-18 xl:col-span-4 2xl:col-span-5">
        <FeatureDetail feature={selected} champion={view.champion} />
      </div>
    </div>
  );
}

/** What will be here, and what is missing for it. */
function NothingToCompare({ champion }: { champion: ChampionOfDrift | null }): ReactNode {
  if (champion === null) {
    return (
      <Card>
        <EmptyState
          title="There is no champion to compare with"
          icon="drift"
          action={
            <Link href="/models" className={buttonLook("secondary")}>
              Go to models
            </Link>
          }
        >
          Drift is measured against what the champion learned from. Train a model and promote it; its
          reference comes with it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <EmptyState title={`Version ${champion.number} has scored nothing that was counted yet`} icon="drift">
        Its payments will be compared with {champion.referenceRows.toLocaleString("en")} payments of{" "}
        {day(champion.referenceFrom)} – {day(new Date(new Date(champion.referenceTo).getTime() - 1))}, the
        newest it learned from. The worker counts them within minutes; at least 500 are needed.
      </EmptyState>
    </Card>
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
