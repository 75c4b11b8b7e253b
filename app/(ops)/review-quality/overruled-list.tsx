"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";
import { LabelBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { QualityInput } from "#server/domain/review-quality.ts";
import { sourceWords } from "./reading.ts";
import type { Overruled } from "./types.ts";

const SHOWN = 8;
const column = columnsOf<Overruled>();
const columns = column.columns([
  column.accessor("overruledAt", {
    header: "Overruled",
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
  column.accessor("caseNumber", {
    header: "Case",
    cell: ({ row: { original } }) =>
      original.caseId === null ? (
        <span className="text-muted">none</span>
      ) : (
        <Link href={`/cases/${original.caseId}`} prefetch={false} className="text-accent hover:underline">
          {original.caseNumber}
        </Link>
      ),
  }),
  column.accessor("person", { header: "Verdict by" }),
  column.accessor("verdict", {
    header: "Verdict",
    cell: (cell) => <LabelBadge label={cell.getValue()} />,
  }),
  column.accessor("truth", {
    header: "Then",
    cell: ({ row: { original } }) => (
      <span className="inline-flex items-center gap-1.5">
        <LabelBadge label={original.truth} />
        <span className="text-muted">by {sourceWords[original.source]}</span>
      </span>
    ),
  }),
  column.accessor("amountMinor", {
    header: "Amount",
    meta: { align: "end" },
    cell: ({ row: { original } }) => <Money minor={original.amountMinor} currency={original.currency} />,
  }),
  column.accessor("givenAt", {
    header: "Given",
    meta: { from: "md" },
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
]);

/** Verdicts that another source contradicted since, in the open: who they count against sees each of them. */
export function OverruledList({ input, everyone }: { input: QualityInput; everyone: boolean }): ReactNode {
  const trpc = useTRPC();
  const [isWhole, setWhole] = useState(false);
  const list = useQuery(
    trpc.reviewQuality.overruled.queryOptions(input, { placeholderData: keepPreviousData }),
  );
  const rows = list.data ?? [];
  const whose = everyone ? "verdict" : "verdict of yours";
  const plurals = everyone ? "verdicts" : "verdicts of yours";
  const title =
    list.data === undefined
      ? "Overruled verdicts"
      : `${rows.length >= 100 ? "The last " : ""}${plural(rows.length, whose, plurals)} overruled since`;
  return (
    <Card title={title} padded={false}>
      {list.isPending ? (
        <SkeletonRows rows={4} />
      ) : list.isError ? (
        <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState title="None in these days" icon="check">
          When a chargeback or another source contradicts a verdict, the case opens again and shows here
          {everyone ? ", for its analyst too." : "."}
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Verdicts that another source contradicted"
            columns={columns}
            rows={isWhole ? [...rows] : rows.slice(0, SHOWN)}
            rowKey={(row) => String(row.seq)}
          />
          {rows.length > SHOWN && (
            <Button look="quiet" size="small" className="m-2" onClick={() => setWhole(!isWhole)}>
              {isWhole ? "Show fewer" : `Show all ${rows.length}`}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}
