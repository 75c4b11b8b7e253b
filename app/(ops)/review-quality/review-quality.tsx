"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { qualityWindows } from "#server/domain/review-quality.ts";
import { AgreementCard } from "./agreement-card.tsx";
import { ArrivalChart } from "./arrival-chart.tsx";
import { LearningChart } from "./learning-chart.tsx";
import { OverruledList } from "./overruled-list.tsx";
import { PeopleTable } from "./people-table.tsx";
import { qualityReading } from "./reading.ts";
import { qualityInput, qualityParams } from "./search-params.ts";

const windows = qualityWindows.map((days) => ({ value: String(days), label: `Last ${days} days` }));

/** How reviewing goes: everyone's for leads, one's own for analysts. */
export function ReviewQualityPage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(qualityParams, { history: "push" });
  const input = qualityInput(params);
  const quality = useQuery(
    trpc.reviewQuality.read.queryOptions(input, { placeholderData: keepPreviousData }),
  );
  const { data } = quality;
  return (
    <>
      <PageHeader
        title="Review quality"
        reading={data === undefined ? null : qualityReading(data)}
        actions={
          <Select
            label="Days"
            isLabelHidden
            options={windows}
            value={String(params.days)}
            onValueChange={(value) =>
              void setParams({ days: qualityWindows.find((days) => String(days) === value) ?? null })
            }
          />
        }
      />
      <PageBody>
        {quality.isPending ? (
          <Loading />
        ) : quality.isError ? (
          <Card>
            <ErrorState message={quality.error.message} onRetry={() => void quality.refetch()} />
          </Card>
        ) : (
          <>
            {quality.data.everyone && <AgreementCard agreement={quality.data.agreement} />}
            <PeopleTable quality={quality.data} />
            <OverruledList input={input} everyone={quality.data.everyone} />
            {quality.data.everyone && (
              <div className="grid items-start gap-4 lg:grid-cols-2">
                <ArrivalChart />
                <LearningChart />
              </div>
            )}
          </>
        )}
      </PageBody>
    </>
  );
}

function Loading(): ReactNode {
  return (
    <>
      <Skeleton className="h-24" />
      <Skeleton className="h-56" />
      <Skeleton className="h-40" />
    </>
  );
}
