"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { ScoreBar } from "#app/ui/score-bar.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { CaseRow } from "../cases/words.ts";
import { AT_STAKE } from "./at-stake-count.ts";

const POLL_MS = 10_000;

const column = columnsOf<CaseRow>();
const columns = column.columns([
  column.accessor("expectedLossMinor", {
    header: "Expected loss",
    meta: { align: "end" },
    cell: (cell) => <Money minor={cell.getValue()} currency={cell.row.original.currency} />,
  }),
  column.accessor("amountMinor", {
    header: "Amount",
    meta: { align: "end", from: "sm" },
    cell: (cell) => <Money minor={cell.getValue()} currency={cell.row.original.currency} />,
  }),
  column.accessor("score", { header: "Score", cell: (cell) => <ScoreBar score={cell.getValue()} /> }),
  column.accessor("topReason", {
    header: "Why",
    meta: { from: "md" },
    cell: (cell) => <span className="block max-w-96 truncate">{cell.getValue() ?? "–"}</span>,
  }),
  column.accessor("customerId", { header: "Customer", meta: { from: "lg" } }),
  column.accessor("openedAt", {
    header: "Waiting since",
    meta: { align: "end" },
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
]);

/** The open cases with the most to lose. */
export function AtStake(): ReactNode {
  const trpc = useTRPC();
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    ...trpc.case.list.queryOptions({ limit: AT_STAKE }),
    refetchInterval: POLL_MS,
  });
  return (
    <Card padded={false} title="Most at stake in the queue">
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={AT_STAKE} />}
      {data?.rows.length === 0 && (
        <EmptyState title="The queue is empty" icon="queue">
          Payments that are sent to review wait here, the one with most to lose first.
        </EmptyState>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <DataTable
          caption="Open cases, most expected loss first"
          columns={columns}
          rows={[...data.rows]}
          rowKey={(row) => row.id}
          onOpen={(row) => router.push(`/cases/${row.id}`)}
        />
      )}
    </Card>
  );
}
