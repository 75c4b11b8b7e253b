"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { duration } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Run } from "./types.ts";
import { familyWords, runWords } from "./words.ts";

/** The latest trainings and how each ended. */
export function RunHistory(): ReactNode {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.training.list.queryOptions({ limit: 20 }));
  if (data.length === 0) return null;
  return (
    <Card padded={false} title="Trainings">
      <DataTable caption="Latest trainings" columns={columns} rows={data} rowKey={(run) => run.id} />
    </Card>
  );
}

const column = columnsOf<Run>();

const columns = column.columns([
  column.accessor("requestedAt", {
    header: "Asked for",
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
  }),
  column.accessor("status", {
    header: "Ended",
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
    id: "result",
    header: "Result",
    cell: ({ row: { original } }) => <Result run={original} />,
  }),
  column.display({
    id: "families",
    header: "Families",
    meta: { from: "lg" },
    cell: ({ row: { original } }) => (
      <span className="block max-w-80 py-1 leading-4 whitespace-normal">
        {original.options.recalibrates === null
          ? original.options.families.map(familyWords).join(", ")
          : `new calibration of version ${original.options.recalibrates.number}`}
      </span>
    ),
  }),
  column.display({
    id: "took",
    header: "Took",
    meta: { align: "end", from: "sm" },
    cell: ({ row: { original } }) => tookWords(original),
  }),
  column.display({
    id: "by",
    header: "Asked for by",
    meta: { from: "md" },
    cell: ({ row: { original } }) => <AskedBy run={original} />,
  }),
]);

function Result({ run }: { run: Run }): ReactNode {
  if (run.modelVersion !== null) {
    return (
      <Link className="text-accent hover:underline" href={`/models/${run.modelVersion.number}`}>
        version {run.modelVersion.number}
      </Link>
    );
  }
  if (run.error === null) return <span className="text-faint">–</span>;
  return (
    <span title={run.error} className="block max-w-40 truncate text-decline sm:max-w-72 xl:max-w-xl">
      {run.error}
    </span>
  );
}

const askedBy = { schedule: "the schedule", labels: "new labels", alert: "an alert" } as const;

/** What asked for it; a trigger's numbers on hover and for readers of the row. */
function AskedBy({ run: { requestedBy, trigger } }: { run: Run }): ReactNode {
  if (trigger === null || trigger.kind === "hand")
    return requestedBy ?? <span className="text-faint">a command</span>;
  return (
    <span title={trigger.because}>
      {askedBy[trigger.kind]}
      <span className="sr-only">: {trigger.because}</span>
    </span>
  );
}

function tookWords(run: Run): string {
  if (run.startedAt === null || run.finishedAt === null) return "–";
  return duration(new Date(run.finishedAt).getTime() - new Date(run.startedAt).getTime());
}
