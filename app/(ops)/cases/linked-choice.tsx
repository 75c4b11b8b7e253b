"use client";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { plural } from "#app/format/number.ts";
import { LabelBadge } from "#app/ui/outcome-badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { entityWords, type LinkedPayment } from "./words.ts";

type LinkedChoiceProps = {
  payments: readonly LinkedPayment[] | undefined;
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
  isOpen: boolean;
};

/** Payments that share something with the case, to tick; none is ticked until a person does. */
export function LinkedChoice({ payments, ticked, onTick, isOpen }: LinkedChoiceProps): ReactNode {
  if (payments === undefined) return <SkeletonRows rows={3} />;
  if (payments.length === 0) {
    return (
      <p className="text-xs text-muted">No other payment shares its card, device, address or customer.</p>
    );
  }
  const toggle = (id: string): void => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    onTick(next);
  };
  const areAll = ticked.size === payments.length;
  return (
    <details open={isOpen}>
      <summary>
        Apply to linked payments too
        <span className="text-muted">
          {" "}
          · {ticked.size === 0 ? "none" : ticked.size} of {plural(payments.length, "payment")}
        </span>
      </summary>
      <label className="flex h-8 items-center gap-2 pl-1 text-muted">
        <input
          type="checkbox"
          checked={areAll}
          onChange={() => onTick(areAll ? new Set() : new Set(payments.map((row) => row.transactionId)))}
        />
        All of them
      </label>
      <ul className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {payments.map((row) => (
          <li key={row.transactionId}>
            <label className="flex min-h-8 flex-wrap items-center gap-x-3 px-2 py-1 hover:bg-hover">
              <input
                type="checkbox"
                checked={ticked.has(row.transactionId)}
                onChange={() => toggle(row.transactionId)}
              />
              <span className="w-24 text-right">{money(row.amountMinor, row.currency)}</span>
              <span className="min-w-0 flex-1 truncate">
                {row.customerId} at {row.merchantId}
              </span>
              <span className="text-xs text-muted">
                same {row.shares.map((kind) => entityWords[kind].toLowerCase()).join(", ")}
              </span>
              {row.caseNumber !== null && <span className="text-xs text-muted">case {row.caseNumber}</span>}
              {row.label !== null && <LabelBadge label={row.label} isSmall />}
              <span className="text-xs text-muted">
                <RelativeTime time={row.occurredAt} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
