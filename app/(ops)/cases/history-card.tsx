"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { useWidth } from "#app/charts/use-width.ts";
import { money } from "#app/format/money.ts";
import { count, plural } from "#app/format/number.ts";
import { instant } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { PaymentScatter } from "./payment-scatter.tsx";
import { RecentPayments } from "./recent-payments.tsx";
import { usualRange } from "./usual-range.ts";
import type { CaseDetail, PaymentPoints } from "./words.ts";

const sides = ["customer", "merchant"] as const;
const HEIGHT = 150;

/** What this customer or merchant did before: every payment as a point, and the last ones in a list. */
export function HistoryCard({ detail }: { detail: CaseDetail }): ReactNode {
  const trpc = useTRPC();
  const [of, setOf] = useQueryState("past", parseAsStringLiteral(sides).withDefault("customer"));
  const { ref, width } = useWidth<HTMLDivElement>();
  const found = useQuery(
    trpc.case.paymentPoints.queryOptions({ caseId: detail.id, of }, { staleTime: 60_000 }),
  );
  const id = of === "customer" ? detail.customerId : detail.merchantId;
  const history = detail[of];
  return (
    <ChartFrame
      title={finding(history, found.data)}
      values={tableOf(found.data)}
      fileName={`payments-of-${of}`}
    >
      <div className="flex items-center gap-3 pb-1">
        <div className="shrink-0">
          <Tabs
            label="Whose payments"
            tabs={[
              { value: "customer", label: "Customer" },
              { value: "merchant", label: "Merchant" },
            ]}
            value={of}
            onChange={(next) => void setOf(next)}
          />
        </div>
        <p className="min-w-0 text-xs leading-4 text-muted">
          <Link
            href={`/transactions?q=${encodeURIComponent(id)}`}
            className="block truncate text-accent underline underline-offset-2"
          >
            {id}
          </Link>
          <span className="block truncate">{saying(history, detail.currency)}</span>
        </p>
      </div>
      <div ref={ref} style={{ minHeight: HEIGHT }}>
        {found.isError ? (
          <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />
        ) : found.data === undefined || width === 0 ? (
          <Skeleton className="h-36" />
        ) : (
          <PaymentScatter past={found.data} usual={history} width={width} height={HEIGHT} />
        )}
      </div>
      <RecentPayments of={of} history={history} />
    </ChartFrame>
  );
}

function finding(history: CaseDetail["customer"], past: PaymentPoints | undefined): string {
  const { payments, frauds, capped } = history;
  const many = `${capped ? "over " : ""}${plural(payments, "payment")} in 30 days`;
  if (payments === 0) {
    return past !== undefined && past.points.length > 1
      ? "No payment in the 30 days before"
      : "First payment seen";
  }
  if (frauds === 0) return `${many}, no known fraud`;
  return `${many}, ${count(frauds)} fraud`;
}

function saying(
  { usualFromMinor, usualToMinor, declined }: CaseDetail["customer"],
  currency: string,
): string {
  const usual = usualRange(usualFromMinor, usualToMinor, currency);
  const parts = [
    usual === null ? null : `usually ${usual}`,
    declined > 0 ? `${count(declined)} declined` : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function tableOf(past: PaymentPoints | undefined) {
  const points = past?.points ?? [];
  return {
    columns: ["Payment", "Paid", "Amount", "Outcome", "Known as"],
    rows: points
      .map((point) => [
        point.id,
        instant(point.at),
        money(point.amountMinor, past?.currency ?? "EUR"),
        point.outcome,
        point.label,
      ])
      .toReversed(),
  };
}
