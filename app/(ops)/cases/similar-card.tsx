"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LabelBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import { type CaseDetail, dispositionLook, type SimilarCase } from "./words.ts";

/** How cases like this one ended, and what was learned of them later. */
export function SimilarCard({ detail }: { detail: CaseDetail }): ReactNode {
  const trpc = useTRPC();
  const found = useQuery(trpc.case.similar.queryOptions({ caseId: detail.id }, { staleTime: 60_000 }));
  const { data } = found;
  const frauds = data?.rows.filter(isFraud).length ?? 0;
  return (
    <Card
      title={
        data === undefined || data.rows.length === 0
          ? "Similar cases"
          : `Of ${plural(data.rows.length, "similar case")}, ${frauds} ended as fraud`
      }
    >
      {found.isError ? (
        <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={4} />
      ) : (
        <>
          {data.rows.length > 0 && <Rows rows={data.rows} />}
          <p className="pt-2 text-xs text-muted">{howChosen(data)}</p>
        </>
      )}
    </Card>
  );
}

/** What is known now counts more than the verdict. */
function isFraud({ label, disposition }: SimilarCase): boolean {
  return (label ?? labelOfDisposition[disposition]) === "fraud";
}

function howChosen({
  basis,
  compared,
  rows,
}: {
  basis: { of: string; value: string } | null;
  compared: number;
  rows: readonly SimilarCase[];
}): string {
  const of =
    basis === null
      ? "without a merchant category or channel"
      : `of ${basis.of} ${basis.value.replace("_", " ")}`;
  if (compared === 0) return `No case ${of} was closed yet; once some are, how they ended shows here.`;
  const by =
    rows[0]?.shared === null
      ? "whose amount comes closest"
      : "that share most top reasons and come closest in amount";
  return `Of the last ${plural(compared, "closed case")} ${of}, those ${by}.`;
}

function Rows({ rows }: { rows: readonly SimilarCase[] }): ReactNode {
  return (
    <table className="w-full">
      <caption className="sr-only">Similar closed cases, the most alike first</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Amount</th>
          <th scope="col">Verdict</th>
          <th scope="col">Closed</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.caseId} className="border-t border-line first:border-0">
            <td className="h-8 w-full max-w-0 truncate pr-3">
              <Link href={`/cases/${row.caseId}`} className="text-accent underline underline-offset-2">
                Case {row.number}
              </Link>
              <span className="text-xs text-muted">
                {" "}
                {row.shared === null
                  ? ""
                  : row.shared.length === 0
                    ? "no reason shared"
                    : `${plural(row.shared.length, "reason")} shared`}
              </span>
            </td>
            <td className="pr-3 text-right whitespace-nowrap">{money(row.amountMinor, row.currency)}</td>
            <td className="pr-3 whitespace-nowrap">
              <span className="inline-flex items-center gap-1">
                <Ended row={row} />
              </span>
            </td>
            <td className="text-right text-xs text-muted">
              <RelativeTime time={row.closedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The verdict, and the label that counts now where it says otherwise. */
function Ended({ row }: { row: SimilarCase }): ReactNode {
  const { word, shape, tone } = dispositionLook[row.disposition];
  return (
    <>
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
      {row.label !== null && row.label !== labelOfDisposition[row.disposition] && (
        <>
          <span className="text-xs text-muted">later</span> <LabelBadge label={row.label} />
        </>
      )}
    </>
  );
}
