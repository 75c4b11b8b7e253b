import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { LabelBadge, OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { CaseDetail } from "./words.ts";

type History = CaseDetail["customer"];

/** The last payments in words, folded away under the picture of all of them. */
export function RecentPayments({
  of,
  history,
}: {
  of: "customer" | "merchant";
  history: History;
}): ReactNode {
  if (history.recent.length === 0) return null;
  return (
    <details className="pt-1">
      <summary className="text-xs text-accent">Last {history.recent.length} payments before</summary>
      <table className="mt-1 w-full">
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
          {history.recent.map((payment) => (
            <tr key={payment.id} className="border-t border-line">
              <td className="h-7 pr-3 text-muted">
                <RelativeTime time={payment.occurredAt} />
              </td>
              <td className="w-full max-w-0 truncate pr-2">{payment.otherParty}</td>
              <td className="pr-2 text-right whitespace-nowrap">
                <Ending payment={payment} />
              </td>
              <td className="text-right whitespace-nowrap">{money(payment.amountMinor, payment.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What is known of a payment beats what was decided; a plain approval needs no word. */
function Ending({ payment }: { payment: History["recent"][number] }): ReactNode {
  if (payment.label !== null) return <LabelBadge label={payment.label} isSmall />;
  if (payment.outcome === null || payment.outcome === "approve") return null;
  return <OutcomeBadge outcome={payment.outcome} isSmall />;
}
