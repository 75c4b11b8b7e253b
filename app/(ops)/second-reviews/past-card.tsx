import type { ReactNode } from "react";
import { Sparkline } from "#app/charts/sparkline.tsx";
import { money } from "#app/format/money.ts";
import { count, plural } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { LabelBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { usualRange } from "../cases/usual-range.ts";
import type { BlindCase } from "./types.ts";

type PastCardProps = {
  of: "customer" | "merchant";
  id: string;
  history: BlindCase["customer"];
  currency: string;
};

const SHOWN = 10;

/** What this customer or merchant did before, with what is known of those payments; no links to look the case up by. */
export function PastCard({ of, id, history, currency }: PastCardProps): ReactNode {
  const { payments, frauds, usualFromMinor, usualToMinor } = history;
  const usual = usualRange(usualFromMinor, usualToMinor, currency);
  const most = count(Math.max(0, ...history.perDay));
  return (
    <Card
      title={
        <span className="flex min-w-0 items-baseline gap-2">
          {of === "customer" ? "Customer" : "Merchant"} <span className="truncate font-normal">{id}</span>
        </span>
      }
    >
      <p>
        {plural(payments, "payment")} in the 30 days before{usual === null ? "" : `, usually ${usual}`}.{" "}
        <strong className={frauds > 0 ? "font-semibold text-decline" : "font-normal text-muted"}>
          {frauds === 0 ? "None known as fraud." : `${count(frauds)} known as fraud.`}
        </strong>
      </p>
      <div className="py-1.5">
        <Sparkline
          values={history.perDay}
          description={`Payments per day in the 30 days before: none to ${most}`}
        />
        <p className="text-xs text-muted">Payments a day, at most {most}</p>
      </div>
      {history.recent.length === 0 ? (
        <p className="text-muted">No payment before this one.</p>
      ) : (
        <table className="w-full">
          <caption className="sr-only">Last payments of this {of}, newest first</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">When</th>
              <th scope="col">{of === "customer" ? "Merchant" : "Customer"}</th>
              <th scope="col">Known as</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {history.recent.slice(0, SHOWN).map((payment) => (
              <tr key={payment.id} className="border-t border-line">
                <td className="h-7 pr-3 whitespace-nowrap text-muted">
                  <RelativeTime time={payment.occurredAt} />
                </td>
                <td className="w-full max-w-0 truncate pr-2">{payment.otherParty}</td>
                <td className="pr-2 text-right whitespace-nowrap">
                  {payment.label !== null && <LabelBadge label={payment.label} isSmall />}
                </td>
                <td className="text-right whitespace-nowrap">
                  {money(payment.amountMinor, payment.currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
