import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { score } from "#app/format/number.ts";
import { LabelBadge, OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { CaseDetail } from "./words.ts";

type Row = CaseDetail["payments"]["rows"][number];

/** What happened: the case's own payment and those of the cases joined to it, oldest first. */
export function PaymentsTable({ detail }: { detail: CaseDetail }): ReactNode {
  const { rows, total } = detail.payments;
  return (
    <div className="mt-3 border-t border-line">
      <section
        aria-label="Payments of this case"
        {...(rows.length > 3 ? { tabIndex: 0 } : {})}
        className="max-h-40 overflow-auto"
      >
        <table className="w-full">
          <caption className="sr-only">Payments of this case, oldest first</caption>
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr>
              <Head>Payment</Head>
              <Head>Merchant</Head>
              <Head className="max-sm:hidden">Paid</Head>
              <Head>Known as</Head>
              {!detail.hidden && <Head className="text-right max-sm:hidden">Score</Head>}
              <Head className="text-right">Amount</Head>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PaymentRow key={row.transactionId} row={row} withScore={!detail.hidden} />
            ))}
          </tbody>
        </table>
      </section>
      {total > rows.length && (
        <p className="pt-1 text-xs text-muted">
          The first {rows.length} of {total} payments.
        </p>
      )}
    </div>
  );
}

function Head({ className = "", children }: { className?: string; children: ReactNode }): ReactNode {
  return (
    <th scope="col" className={`h-7 pr-3 text-left font-medium whitespace-nowrap last:pr-0 ${className}`}>
      {children}
    </th>
  );
}

function PaymentRow({ row, withScore }: { row: Row; withScore: boolean }): ReactNode {
  return (
    <tr className="border-t border-line">
      <td className="h-7 w-1/3 max-w-0 truncate pr-3">
        <Link
          href={`/transactions?q=${encodeURIComponent(row.transactionId)}`}
          title={row.transactionId}
          className="text-accent underline underline-offset-2"
        >
          {row.transactionId}
        </Link>
        {!row.isOwn && <span className="pl-1.5 text-xs text-muted">case {row.caseNumber}</span>}
      </td>
      <td className="w-1/4 max-w-0 truncate pr-3" title={row.merchantId}>
        {row.merchantId}
      </td>
      <td className="pr-3 text-muted max-sm:hidden">
        <RelativeTime time={row.occurredAt} />
      </td>
      <td className="pr-3 whitespace-nowrap">
        <KnownAs row={row} />
      </td>
      {withScore && (
        <td className="pr-3 text-right whitespace-nowrap max-sm:hidden">
          {row.hidden ? "–" : score(row.score)}
        </td>
      )}
      <td className="text-right whitespace-nowrap">{money(row.amountMinor, row.currency)}</td>
    </tr>
  );
}

function KnownAs({ row }: { row: Row }): ReactNode {
  if (row.label !== null) return <LabelBadge label={row.label} />;
  if (row.outcome === null) return <span className="text-muted">–</span>;
  return <OutcomeBadge outcome={row.outcome} />;
}
