"use client";
import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Precision } from "./precision.tsx";
import type { FamilyReport } from "./types.ts";
import { withInterval } from "./words.ts";

/** A model on the test payments. */
export type TestRow = {
  readonly key: string;
  readonly name: string;
  readonly what: string;
  readonly test: FamilyReport["test"];
};

type TestResultsProps = { caption: string; rows: TestRow[]; selectedKey?: string | null };

/** Models side by side on the same test payments. */
export function TestResults({ caption, rows, selectedKey = null }: TestResultsProps): ReactNode {
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      selectedKey={selectedKey}
    />
  );
}

const column = columnsOf<TestRow>();

const columns = column.columns([
  column.display({
    id: "name",
    header: "Model",
    cell: ({ row: { original } }) => (
      <span className="block min-w-32 py-1 leading-4 whitespace-normal">
        <span className="font-medium">{original.name}</span>
        <span className="block text-xs text-muted">{original.what}</span>
      </span>
    ),
  }),
  column.display({
    id: "ap",
    header: "Average precision",
    meta: { align: "end" },
    cell: ({ row: { original } }) => (
      <Precision value={original.test.averagePrecision} interval={original.test.averagePrecisionInterval} />
    ),
  }),
  column.display({
    id: "auc",
    header: "ROC AUC",
    meta: { align: "end", from: "sm" },
    cell: ({ row: { original } }) => (
      <span title={withInterval(original.test.rocAuc, original.test.rocAucInterval)}>
        {original.test.rocAuc?.toFixed(4) ?? "–"}
      </span>
    ),
  }),
  column.display({
    id: "low",
    header: () => <span title="Recall when 0.1 % of good payments are alerted">Recall 0.1 %</span>,
    meta: { align: "end", from: "md" },
    cell: ({ row: { original } }) => percent(original.test.recallAtFpr001),
  }),
  column.display({
    id: "high",
    header: () => <span title="Recall when 1 % of good payments are alerted">Recall 1 %</span>,
    meta: { align: "end" },
    cell: ({ row: { original } }) => percent(original.test.recallAtFpr01),
  }),
  column.display({
    id: "cards",
    header: () => <span title="Share of fraud among the 100 riskiest cards of a day">CP@100</span>,
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original } }) => original.test.cardPrecision100?.toFixed(3) ?? "–",
  }),
  column.display({
    id: "brier",
    header: "Brier",
    meta: { align: "end", from: "md" },
    cell: ({ row: { original } }) => original.test.brier?.toFixed(5) ?? "–",
  }),
  column.display({
    id: "ece",
    header: () => <span title="Expected calibration error over ten equal-width bins">ECE</span>,
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original } }) => original.test.ece?.toFixed(4) ?? "–",
  }),
]);
