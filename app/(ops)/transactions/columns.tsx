"use client";
import Link from "next/link";
import { columnsOf } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";
import { LabelBadge, OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { ScoreBar } from "#app/ui/score-bar.tsx";
import type { TransactionRow } from "./types.ts";

const column = columnsOf<TransactionRow>();
const dash = <span className="text-faint">–</span>;

export const transactionColumns = column.columns([
  column.accessor("occurredAt", { header: "Time", cell: (cell) => <RelativeTime time={cell.getValue()} /> }),
  column.accessor("outcome", {
    header: "Outcome",
    cell: (cell) => {
      const outcome = cell.getValue();
      return outcome === null ? (
        <span className="text-muted">not decided</span>
      ) : (
        <OutcomeBadge outcome={outcome} />
      );
    },
  }),
  column.accessor("score", {
    header: "Score",
    meta: { from: "sm" },
    cell: (cell) => {
      const { outcome, hidden } = cell.row.original;
      if (hidden !== null) return <span className="text-muted">hidden</span>;
      return outcome === null ? dash : <ScoreBar score={cell.getValue()} />;
    },
  }),
  column.accessor("amountMinor", {
    header: "Amount",
    meta: { align: "end" },
    cell: (cell) => <Money minor={cell.getValue()} currency={cell.row.original.currency} />,
  }),
  column.accessor("customerId", {
    header: "Customer",
    meta: { from: "md" },
    cell: (cell) => <SearchLink id={cell.getValue()} />,
  }),
  column.accessor("merchantId", {
    header: "Merchant",
    meta: { from: "md" },
    cell: (cell) => <SearchLink id={cell.getValue()} />,
  }),
  column.accessor("topReason", {
    header: "Why",
    meta: { from: "xl" },
    cell: (cell) => <span className="block max-w-52 truncate text-muted">{cell.getValue() ?? "–"}</span>,
  }),
  column.accessor("label", {
    header: "Label",
    meta: { from: "sm" },
    cell: (cell) => {
      const label = cell.getValue();
      return label === null ? dash : <LabelBadge label={label} />;
    },
  }),
  column.accessor("id", {
    header: "Payment",
    meta: { from: "lg" },
    cell: (cell) => <span className="block max-w-40 truncate text-muted">{cell.getValue()}</span>,
  }),
]);

/** All payments of the same customer or merchant. */
function SearchLink({ id }: { id: string }) {
  return (
    <Link
      href={`/transactions?q=${encodeURIComponent(id)}`}
      prefetch={false}
      className="block max-w-36 truncate hover:text-accent hover:underline"
    >
      {id}
    </Link>
  );
}
