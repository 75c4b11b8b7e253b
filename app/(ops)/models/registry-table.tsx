"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { day } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Precision } from "./precision.tsx";
import type { Model } from "./types.ts";
import { capitalised, familyWords, statusWords } from "./words.ts";

/** Every version, newest first; a line opens its page. */
export function RegistryTable({ models }: { models: Model[] }): ReactNode {
  const router = useRouter();
  return (
    <Card padded={false} title="Versions">
      <DataTable
        caption="Model versions, newest first"
        columns={columns}
        rows={models}
        rowKey={(model) => model.id}
        onOpen={(model) => router.push(`/models/${model.number}`)}
      />
    </Card>
  );
}

const column = columnsOf<Model>();

const columns = column.columns([
  column.accessor("number", {
    header: "Version",
    cell: ({ getValue }) => (
      <Link
        href={`/models/${getValue()}`}
        aria-label={`Version ${getValue()}`}
        className="font-medium text-accent hover:underline"
      >
        {getValue()}
      </Link>
    ),
  }),
  column.accessor("status", {
    header: "Status",
    cell: ({ getValue }) => {
      const { label, tone, shape } = statusWords[getValue()];
      return (
        <Badge tone={tone} shape={shape}>
          {label}
        </Badge>
      );
    },
  }),
  column.accessor("family", {
    header: "Family",
    cell: ({ getValue }) => capitalised(familyWords(getValue())),
  }),
  column.display({
    id: "ap",
    header: "Average precision",
    cell: ({ row: { original } }) => (
      <Precision value={original.averagePrecision} interval={original.averagePrecisionInterval} />
    ),
  }),
  column.accessor("rocAuc", {
    header: "ROC AUC",
    meta: { from: "md" },
    cell: ({ getValue }) => getValue()?.toFixed(4) ?? "–",
  }),
  column.display({
    id: "trained",
    header: "Learned from",
    meta: { from: "lg" },
    cell: ({ row: { original } }) => `${day(original.trainedFrom)} – ${day(original.trainedTo)}`,
  }),
  column.accessor("featureSetName", {
    header: "Features",
    meta: { from: "xl" },
    cell: ({ row: { original } }) => (
      <Link
        href={`/models/features?set=${encodeURIComponent(original.featureSetVersion)}`}
        className="text-accent hover:underline"
      >
        {original.featureSetName}
      </Link>
    ),
  }),
  column.accessor("createdAt", {
    header: "Made",
    meta: { from: "sm" },
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
  }),
  column.accessor("promotedAt", {
    header: "Promoted",
    meta: { from: "md" },
    cell: ({ getValue }) => {
      const time = getValue();
      return time === null ? <span className="text-faint">never</span> : <RelativeTime time={time} />;
    },
  }),
]);
