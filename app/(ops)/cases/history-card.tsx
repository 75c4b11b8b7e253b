"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Sparkline } from "#app/charts/sparkline.tsx";
import { money } from "#app/format/money.ts";
import { count, percent } from "#app/format/number.ts";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { LabelBadge, OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { usualRange } from "./usual-range.ts";
import type { CaseDetail } from "./words.ts";

const SHOWN = 6;

type HistoryCardProps = {
  of: "customer" | "merchant";
  id: string;
  history: CaseDetail["customer"];
  detail: CaseDetail;
};

/** What this customer or merchant did in the 30 days before the payment. */
export function HistoryCard({ of, id, history, detail }: HistoryCardProps): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? history.recent : history.recent.slice(0, SHOWN);
  return (
    <Card
      title={
        <span className="flex min-w-0 items-baseline gap-2">
          {of === "customer" ? "Customer" : "Merchant"}
          <Link
            href={`/transactions?q=${encodeURIComponent(id)}`}
            className="truncate font-normal text-accent hover:underline"
          >
            {id}
          </Link>
        </span>
      }
    >
      <p>{saying(history, detail.currency)}</p>
      <div className="py-1.5">
        <Sparkline
          values={history.perDay}
          description={`Payments per day in the 30 days before: none to ${count(Math.max(...history.perDay))}`}
        />
        <div className="flex justify-between text-xs text-muted">
          <span>30 days before</span>
          <span>payments a day, at most {count(Math.max(...history.perDay))}</span>
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="text-muted">No payment before this one.</p>
      ) : (
        <table className="w-full">
          <caption className="sr-only">Last payments of this {of}, newest first</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">When</th>
              <th scope="col">{of === "customer" ? "Merchant" : "Customer"}</th>
              <th scope="col">Outcome or label</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((payment) => (
              <tr key={payment.id} className="border-t border-line">
                <td className="h-7 pr-3 text-muted">
                  <RelativeTime time={payment.occurredAt} />
                </td>
                <td className="w-full max-w-0 truncate pr-2">{payment.otherParty}</td>
                <td className="pr-2 text-right whitespace-nowrap">
                  <Ending payment={payment} />
                </td>
                <td className="text-right">{money(payment.amountMinor, payment.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {history.recent.length > SHOWN && (
        <Button look="quiet" size="small" className="mt-1 -ml-2" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show the last ${history.recent.length}`}
        </Button>
      )}
    </Card>
  );
}

/** What is known of a payment beats what was decided; a plain approval needs no word. */
function Ending({ payment }: { payment: HistoryCardProps["history"]["recent"][number] }): ReactNode {
  if (payment.label !== null) return <LabelBadge label={payment.label} isSmall />;
  if (payment.outcome === null || payment.outcome === "approve") return null;
  return <OutcomeBadge outcome={payment.outcome} isSmall />;
}

function saying(history: HistoryCardProps["history"], currency: string): ReactNode {
  const { payments, frauds, declined, usualFromMinor, usualToMinor, capped } = history;
  if (payments === 0) return "No payment in the 30 days before.";
  const amount = `${capped ? "The last " : ""}${count(payments)} ${payments === 1 ? "payment" : "payments"} in 30 days`;
  const usual = usualRange(usualFromMinor, usualToMinor, currency);
  return (
    <>
      {amount}
      {usual !== null && `, usually ${usual}`}
      {declined > 0 && `, ${count(declined)} declined`}.{" "}
      <strong className={frauds > 0 ? "font-semibold text-decline" : "font-normal text-muted"}>
        {frauds === 0
          ? "None known as fraud."
          : `${count(frauds)} known as fraud (${percent(frauds / payments)}).`}
      </strong>
    </>
  );
}
