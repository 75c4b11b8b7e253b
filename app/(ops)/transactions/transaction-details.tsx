"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { instant } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { LabelBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { DecisionDetails } from "./decision-details.tsx";
import { Facts } from "./facts.tsx";
import type { TransactionDetail, TransactionLabel } from "./types.ts";

/** Everything about one payment: what was sent, what was decided and why, what was learnt. */
export function TransactionDetails({ transaction }: { transaction: TransactionDetail }): ReactNode {
  const { decision, labels } = transaction;
  return (
    <div className="space-y-6">
      {transaction.case !== null && (
        <p>
          <Link href={`/cases/${transaction.case.id}`} className="font-medium text-accent hover:underline">
            Case {transaction.case.number}
          </Link>{" "}
          <span className="text-muted">
            {transaction.case.disposition === null
              ? transaction.case.status
              : `${transaction.case.status} as ${transaction.case.disposition.replace("_", " ")}`}
          </span>
        </p>
      )}
      {decision === null ? (
        <p className="text-muted">
          This payment was never decided: it is history, kept for features and training.
        </p>
      ) : (
        <DecisionDetails
          transactionId={transaction.id}
          decision={decision}
          currency={transaction.currency}
          hidden={transaction.hidden}
        />
      )}
      <section>
        <h3 className="mb-2">Labels</h3>
        {labels.length === 0 ? (
          <p className="text-muted">
            None yet. Verdicts, chargebacks and reports show here with their history.
          </p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {labels.map((label) => (
              <LabelLine key={label.seq} label={label} />
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3 className="mb-2">Payment</h3>
        <Facts
          facts={[
            ["Amount", money(transaction.amountMinor, transaction.currency)],
            ["Occurred", instant(transaction.occurredAt)],
            ["Received", instant(transaction.receivedAt)],
            ["Origin", transaction.origin],
            ["Customer", <SearchLink key="customer" id={transaction.customerId} />],
            ["Merchant", <SearchLink key="merchant" id={transaction.merchantId} />],
            ...transaction.fields.map((field): [string, ReactNode] => [field.name, field.value]),
          ]}
        />
      </section>
    </div>
  );
}

function LabelLine({ label }: { label: TransactionLabel }): ReactNode {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <LabelBadge label={label.label} />
      <span>{label.source.replace("_", " ")}</span>
      <span className="text-muted">
        recorded <RelativeTime time={label.recordedAt} />
      </span>
      {label.isEffective && <Badge tone="accent">Counts</Badge>}
      {label.isConflicting && <Badge tone="review">Says otherwise</Badge>}
      {label.withdrawnAt !== null && <Badge tone="neutral">Taken back</Badge>}
      {label.note !== null && <span className="w-full text-muted">{label.note}</span>}
    </li>
  );
}

function SearchLink({ id }: { id: string }): ReactNode {
  return (
    <Link href={`/transactions?q=${encodeURIComponent(id)}`} className="text-accent hover:underline">
      {id}
    </Link>
  );
}
