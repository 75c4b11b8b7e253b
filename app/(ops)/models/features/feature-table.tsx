"use client";
import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import type { FeatureView } from "../types.ts";
import { capitalised } from "../words.ts";
import { importanceText, middleWords, missingShare, rangeWords, unitWords } from "./words.ts";

type FeatureTableProps = {
  features: FeatureView[];
  isGrouped: boolean;
  selected: string | null;
  onOpen: (name: string) => void;
};

/** Every feature in a line; a group for each entity where they stand in the order of the set. */
export function FeatureTable({ features, isGrouped, selected, onOpen }: FeatureTableProps): ReactNode {
  const sizes = new Map<string, number>();
  for (const { entityText } of features) sizes.set(entityText, (sizes.get(entityText) ?? 0) + 1);
  return (
    <DataTable
      caption="Features of the set"
      columns={columns}
      rows={features}
      rowKey={(feature) => feature.name}
      selectedKey={selected}
      onOpen={(feature) => onOpen(feature.name)}
      groupOf={({ entityText }) => (isGrouped ? `${entityText} · ${sizes.get(entityText)}` : null)}
    />
  );
}

function Window({ feature: { window, delayDays } }: { feature: FeatureView }): ReactNode {
  if (window === null) return <span className="text-faint">–</span>;
  return (
    <span className="block leading-4">
      {window}
      {delayDays > 0 && <span className="block text-xs text-muted">ends {delayDays} d before</span>}
    </span>
  );
}

const column = columnsOf<FeatureView>();

const columns = column.columns([
  column.display({
    id: "feature",
    header: "Feature",
    cell: ({ row: { original } }) => (
      <span className="block min-w-40 py-1 leading-4 whitespace-normal sm:min-w-56 lg:min-w-72">
        {capitalised(original.text)}
        <span className="block text-xs break-all text-muted">{original.name}</span>
      </span>
    ),
  }),
  column.display({
    id: "aggregate",
    header: "Aggregate, unit",
    meta: { from: "md" },
    cell: ({ row: { original } }) => (
      <span className="block leading-4">
        {original.aggregateText}
        <span className="block text-xs text-muted">{unitWords[original.unit]}</span>
      </span>
    ),
  }),
  column.display({
    id: "window",
    header: "Window",
    meta: { from: "sm" },
    cell: ({ row: { original } }) => <Window feature={original} />,
  }),
  column.display({
    id: "middle",
    header: "Median",
    meta: { align: "end", from: "sm" },
    cell: ({ row: { original } }) => middleWords(original),
  }),
  column.display({
    id: "range",
    header: "Middle 80 %",
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original } }) => rangeWords(original),
  }),
  column.display({
    id: "missing",
    header: "Missing",
    meta: { align: "end" },
    cell: ({ row: { original } }) => percent(missingShare(original)),
  }),
  column.display({
    id: "importance",
    header: () => <span title="Average precision lost when the feature is shuffled">Importance</span>,
    meta: { align: "end", from: "md" },
    cell: ({ row: { original } }) => importanceText(original.importance?.permutation ?? null),
  }),
]);
