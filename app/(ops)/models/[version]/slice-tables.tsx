"use client";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import type { Report } from "../types.ts";
import { capitalised } from "../words.ts";
import { groupRows, intervalWords, type SliceRow } from "./words.ts";

/** The same model, group by group, at one threshold for all of them. */
export function SliceTables({ report }: { report: Report }): ReactNode {
  const rows = groupRows(report);
  return (
    <Card padded={rows.length === 0} title="Where it does better and worse">
      {rows.length === 0 ? (
        <p className="text-muted">
          Results by group were not kept when this version was trained; the next training keeps them.
        </p>
      ) : (
        <>
          <p className="px-4 pb-2 text-xs text-muted">
            Test payments, alerted from a score of {percent(report.slices?.threshold ?? null, 2)}, where 1 %
            of good payments are. Recall and precision with 95 % intervals; groups of few frauds show counts
            only.
          </p>
          <DataTable
            caption="Results by group of payments"
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.title} ${row.value}`}
            groupOf={(row) => row.title}
          />
        </>
      )}
    </Card>
  );
}

type RateProps = { rate: SliceRow["recall"]; interval: SliceRow["recallInterval"] };

/** A rate with its interval, where the screen is wide enough for both. */
function Rate({ rate, interval }: RateProps): ReactNode {
  return (
    <>
      {percent(rate, 0)}
      {interval !== null && <span className="hidden text-muted sm:inline"> {intervalWords(interval)}</span>}
    </>
  );
}

const column = columnsOf<SliceRow>();

const columns = column.columns([
  column.accessor("value", {
    header: "Group",
    cell: ({ getValue }) => capitalised(getValue().replace(/^\d (?=[a-z])/, "")),
  }),
  column.accessor("rows", {
    header: "Payments",
    meta: { align: "end", from: "sm" },
    cell: ({ getValue }) => count(getValue()),
  }),
  column.accessor("frauds", {
    header: "Frauds",
    meta: { align: "end" },
    cell: ({ getValue }) => count(getValue()),
  }),
  column.accessor("averagePrecision", {
    header: "AP",
    meta: { align: "end" },
    cell: ({ getValue }) => getValue()?.toFixed(3) ?? "–",
  }),
  column.display({
    id: "recall",
    header: "Recall",
    meta: { align: "end" },
    cell: ({ row: { original } }) =>
      original.tooFew === null ? (
        <Rate rate={original.recall} interval={original.recallInterval} />
      ) : (
        <span title={original.tooFew} className="text-faint">
          too few frauds
        </span>
      ),
  }),
  column.display({
    id: "precision",
    header: "Precision",
    meta: { align: "end", from: "md" },
    cell: ({ row: { original } }) => <Rate rate={original.precision} interval={original.precisionInterval} />,
  }),
  column.accessor("falsePositiveRate", {
    header: () => <span title="Share of good payments alerted">Good alerted</span>,
    meta: { align: "end", from: "lg" },
    cell: ({ getValue }) => percent(getValue(), 2),
  }),
  column.accessor("calibrationRatio", {
    header: () => (
      <span title="Frauds expected from the scores for each that happened">Expected ÷ actual</span>
    ),
    meta: { align: "end", from: "lg" },
    cell: ({ getValue }) => getValue()?.toFixed(2) ?? "–",
  }),
]);
