"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { ExperimentSummary } from "../types.ts";
import { familyWords, runWords } from "../words.ts";
import { StartButton } from "./start-button.tsx";
import { metricWords, tookWords } from "./words.ts";

/** Experiments, newest first, and how to start one. */
export function ExperimentList({ isBusy }: { isBusy: boolean }): ReactNode {
  const trpc = useTRPC();
  const list = useQuery(trpc.experiment.list.queryOptions({ limit: 50 }));
  if (list.isPending) {
    return (
      <Card padded={false}>
        <SkeletonRows rows={4} />
      </Card>
    );
  }
  if (list.isError) return <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) {
    return (
      <Card>
        <EmptyState title="No experiment yet" icon="models" action={<StartButton isBusy={isBusy} />}>
          An experiment tries many configurations on few rows and the best of them on more, until time is up
          or one has won on all rows. The winner becomes a candidate and goes through the same gate as any
          other.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card padded={false} title="Experiments" actions={<StartButton isBusy={isBusy} />}>
      <DataTable caption="Experiments" columns={columns} rows={list.data} rowKey={({ id }) => id} />
    </Card>
  );
}

const column = columnsOf<ExperimentSummary>();

const columns = column.columns([
  column.accessor("requestedAt", {
    header: "Asked for",
    cell: ({ getValue, row: { original } }) => (
      <Link className="text-accent hover:underline" href={`/models/experiments/${original.id}`}>
        <RelativeTime time={getValue()} />
      </Link>
    ),
  }),
  column.accessor("status", {
    header: "Status",
    cell: ({ getValue }) => {
      const { label, tone, shape } = runWords[getValue()];
      return (
        <Badge tone={tone} shape={shape}>
          {label}
        </Badge>
      );
    },
  }),
  column.display({
    id: "metric",
    header: "By",
    meta: { from: "md" },
    cell: ({ row: { original } }) => metricWords(original.settings.metric),
  }),
  column.display({
    id: "families",
    header: "Families",
    meta: { from: "lg" },
    cell: ({ row: { original } }) => original.families.map(familyWords).join(", "),
  }),
  column.display({
    id: "size",
    header: "Configurations, minutes",
    meta: { align: "end", from: "md" },
    cell: ({ row: { original } }) => `${original.settings.trials}, ${original.settings.budgetMinutes}`,
  }),
  column.display({
    id: "took",
    header: "Took",
    meta: { align: "end", from: "sm" },
    cell: ({ row: { original } }) => tookWords(original),
  }),
  column.display({
    id: "winner",
    header: "Winner",
    cell: ({ row: { original } }) => <Winner experiment={original} />,
  }),
]);

function Winner({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  const { modelVersion, error } = experiment;
  if (modelVersion !== null) {
    return (
      <Link className="text-accent hover:underline" href={`/models/${modelVersion.number}`}>
        version {modelVersion.number}
      </Link>
    );
  }
  if (error === null) return <span className="text-faint">–</span>;
  return (
    <span title={error} className="block max-w-40 truncate text-decline sm:max-w-72">
      {error}
    </span>
  );
}
