"use client";
import type { ReactNode } from "react";
import { day } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Model } from "./types.ts";
import { capitalised, familyWords, statusWords, withInterval } from "./words.ts";

type RegistryTableProps = {
  models: Model[];
  selected: Model | null;
  onSelect: (number: number) => void;
};

/** Every version, newest first. */
export function RegistryTable({ models, selected, onSelect }: RegistryTableProps): ReactNode {
  return (
    <Card padded={false} title="Versions">
      <DataTable
        caption="Model versions, newest first"
        columns={columns}
        rows={models}
        rowKey={(model) => model.id}
        selectedKey={selected?.id ?? null}
        onOpen={(model) => onSelect(model.number)}
      />
    </Card>
  );
}

const column = columnsOf<Model>();

const columns = column.columns([
  column.accessor("number", {
    header: "Version",
    cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
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
    cell: ({ row: { original } }) =>
      withInterval(original.averagePrecision, original.averagePrecisionInterval),
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
  column.accessor("featureSetName", { header: "Features", meta: { from: "xl" } }),
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
