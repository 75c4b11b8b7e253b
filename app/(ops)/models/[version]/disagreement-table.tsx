"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { score } from "#app/format/number.ts";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Disagreement } from "../types.ts";

type DisagreementTableProps = { rows: Disagreement[]; currency: string; number: number };

/** The payments themselves, what is most at stake first. */
export function DisagreementTable({ rows, currency, number }: DisagreementTableProps): ReactNode {
  return (
    <>
      <p className="px-4 text-xs text-muted">
        At stake: how much dearer the other's outcome is expected to be, by the score of whichever of the two
        minds more. Payments whose case you would review without the score are left out.
      </p>
      <DataTable
        caption="Payments they disagree on, largest stake first"
        columns={columnsFor(currency, number)}
        rows={rows}
        rowKey={(row) => row.transactionId}
      />
    </>
  );
}

const column = columnsOf<Disagreement>();

const columnsFor = (currency: string, number: number) =>
  column.columns([
    column.accessor("transactionId", {
      header: "Payment",
      cell: ({ getValue }) => (
        <Link
          href={`/transactions?q=${encodeURIComponent(getValue())}`}
          className="font-mono text-xs text-accent hover:underline"
        >
          {getValue()}
        </Link>
      ),
    }),
    column.accessor("at", {
      header: "When",
      meta: { from: "md" },
      cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    }),
    column.accessor("amountMinor", {
      header: "Amount",
      meta: { align: "end", from: "sm" },
      cell: ({ getValue }) => money(getValue(), currency),
    }),
    column.display({
      id: "champion",
      header: "Champion",
      cell: ({ row: { original } }) => (
        <span className="flex items-center gap-2 whitespace-nowrap tabular-nums">
          <OutcomeBadge outcome={original.championOutcome} isSmall /> {score(original.championScore)}
        </span>
      ),
    }),
    column.display({
      id: "version",
      header: `Version ${number}`,
      cell: ({ row: { original } }) => (
        <span className="flex items-center gap-2 whitespace-nowrap tabular-nums">
          <OutcomeBadge outcome={original.versionOutcome} isSmall /> {score(original.versionScore)}
        </span>
      ),
    }),
    column.accessor("stakeMinor", {
      header: "At stake",
      meta: { align: "end" },
      cell: ({ getValue }) => money(getValue(), currency),
    }),
  ]);
