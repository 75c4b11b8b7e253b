"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { ChartColor, Series } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { differenceOfModels, modelName, modelRows, modelsReading, modelValues } from "./models-reading.ts";
import type { costsInput } from "./search-params.ts";
import type { ModelCosts as View } from "./types.ts";

const colors: Readonly<Record<View["models"][number]["key"], ChartColor>> = {
  served: "champion",
  challenger: "second",
  rules: "third",
};

/** Cost curves of all models over every cost that a mistake may have, and the least of them. */
export function ModelCosts({ input }: { input: ReturnType<typeof costsInput> }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.cost.models.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 60_000 }),
  );
  if (query.isPending) return <Skeleton className="h-96" />;
  if (query.isError) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  const view = query.data;
  if (view === null)
    return <EmptyState title="Too few labelled frauds to compare models on the same payments" />;
  return (
    <ChartFrame
      title={modelsReading(view)}
      note={`${noteOf(view)} ${differenceOfModels(view)}`}
      fileName="cost-curves"
      values={modelValues(view)}
    >
      <LineChart
        description={`Cost curves of Drummond and Holte. ${modelsReading(view)}.`}
        height={360}
        rows={modelRows(view)}
        x={{
          key: "place",
          label: "Probability cost, 0 to 1",
          format: (value) => Number(value).toFixed(2),
          domain: [0, 1],
          ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
        }}
        y={{
          label: "Expected cost, 1 is the worst",
          format: (value) => Number(value).toFixed(2),
          domain: [0, 0.5],
        }}
        series={seriesOf(view)}
        references={[
          {
            axis: "x",
            at: view.now.review,
            label: "your costs",
            side: view.now.review < 0.5 ? "left" : "right",
          },
        ]}
      />
    </ChartFrame>
  );
}

function seriesOf({ models }: View): Series[] {
  const ofModels = models.map((model) => ({
    key: model.key,
    label: modelName(model),
    color: colors[model.key],
    band: { lowKey: `${model.key}Low`, highKey: `${model.key}High` },
  }));
  return [
    ...ofModels,
    { key: "trivial", label: "all alike", color: "reference", isDashed: true },
    { key: "least", label: "least of all", color: "fifth", isDashed: true },
  ];
}

function noteOf({ rows, frauds }: View): string {
  return `All on the same ${count(rows)} known payments, ${count(frauds)} of them frauds. Each line is the best that a model does with the right threshold at that cost (Drummond and Holte); bands are 95 %, customers resampled. The probability cost is the share of missed frauds in what mistakes would cost; yours, for reviewing, is marked. Left of the dashed triangle nothing beats approving everything, right of it acting on everything.`;
}
