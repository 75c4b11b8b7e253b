"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsNumberLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { CohortChart } from "./cohort-chart.tsx";
import { CohortSummary } from "./cohort-summary.tsx";
import { scoreText } from "./reading.ts";
import { TrackRecord } from "./track-record.tsx";
import type { Cohorts } from "./types.ts";
import { useSettled } from "./use-settled.ts";

const spans = [13, 26, 52, 104] as const;
const weeksParam = parseAsNumberLiteral(spans).withDefault(26);

type CohortsProps = { version: string | null; threshold: number };

/** Weeks of payments: what came true of each, and what was to be expected of it before any label. */
export function CohortsByWeek({ version, threshold }: CohortsProps): ReactNode {
  const trpc = useTRPC();
  const [weeks, setWeeks] = useQueryState("weeks", weeksParam);
  const settled = useSettled(threshold);
  const query = useQuery(
    trpc.performance.cohorts.queryOptions(
      { version: version ?? "all", threshold: settled, weeks },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  if (query.isPending) {
    return (
      <div role="status" aria-label="Loading" className="space-y-4">
        <Skeleton className="h-24" />
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-80" />
          <Skeleton className="h-80" />
        </div>
      </div>
    );
  }
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  return (
    <div className="space-y-4" aria-busy={query.isPlaceholderData}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Select
          label="Weeks"
          isLabelHidden
          options={spans.map((span) => ({ value: String(span), label: `Last ${span} weeks` }))}
          value={String(weeks)}
          onValueChange={(value) => void setWeeks(weeksParam.parse(value) ?? 26)}
          className="w-36"
        />
        <p className="min-w-0 flex-1 basis-72 text-xs text-muted">{aboutWeeks(query.data)}</p>
      </div>
      <Weeks view={query.data} />
    </div>
  );
}

function Weeks({ view }: { view: Cohorts }): ReactNode {
  const { cohorts } = view;
  if (cohorts.length === 0) {
    return (
      <Card>
        <EmptyState title="No week has been counted yet" icon="chart">
          The worker counts each week of payments within half a minute of their decisions. If payments are
          scored and nothing appears, look whether the worker runs.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <CohortSummary view={view} />
      <div className="grid gap-4 lg:grid-cols-2">
        <CohortChart cohorts={cohorts} measure="recall" />
        <CohortChart cohorts={cohorts} measure="precision" />
        <CohortChart cohorts={cohorts} measure="averagePrecision" />
        <TrackRecord view={view} />
      </div>
    </>
  );
}

function aboutWeeks({ threshold, maturityDays, floor, cohorts }: Cohorts): string {
  const learned = cohorts.filter(({ isLearned }) => isLearned).length;
  const told =
    learned === 0
      ? ""
      : ` The model had learned from payments of the ${learned === 1 ? "first week" : `first ${learned} weeks`}, whose figures flatter it.`;
  return `Alerts are scores from ${scoreText(threshold)}. Labels count once a payment is ${maturityDays} days old; a week is shown from ${floor.frauds} frauds or ${floor.alerts} alerts on.${told}`;
}
