"use client";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import type { Report } from "../types.ts";
import { withInterval } from "../words.ts";
import { type TestRow, testRows } from "./words.ts";

/** Every family of the run and the champion of that day on the same test payments. */
export function TestTable({ report }: { report: Report }): ReactNode {
  const { test } = report.split;
  const rows = testRows(report);
  return (
    <Card padded={false} title="Results on the test days, beside what it must beat">
      <p className="px-4 pb-2 text-xs text-muted">
        {day(new Date(test.fromMs))} – {day(new Date(test.toMs - 1))}: {count(test.rows)} payments,{" "}
        {count(test.frauds)} frauds, looked at once after the choice was made. 95 % intervals by resampled
        customers.
      </p>
      <DataTable
        caption="Results of every family on the test days"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        selectedKey={report.selected}
      />
    </Card>
  );
}

const column = columnsOf<TestRow>();

const columns = column.columns([
  column.display({
    id: "name",
    header: "Model",
    cell: ({ row: { original } }) => (
      <span className="block py-1 leading-4">
        <span className="font-medium">{original.name}</span>
        <span className="block text-xs text-muted">{original.what}</span>
      </span>
    ),
  }),
  column.display({
    id: "ap",
    header: "Average precision",
    meta: { align: "end" },
    cell: ({ row: { original } }) =>
      withInterval(original.test.averagePrecision, original.test.averagePrecisionInterval),
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
