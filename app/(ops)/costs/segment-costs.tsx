"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { money } from "#app/format/money.ts";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { costsInput } from "./search-params.ts";
import { segmentName, segmentsReading, segmentValues } from "./segment-reading.ts";
import { intervalText } from "./simulation-reading.ts";
import type { Estimate, SegmentCost } from "./types.ts";

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };
const columns = ["Segment", "Known payments", "Frauds", "Cost", "Saved vs approving", "Saved vs reviewing"];

/** What the decisions as served cost by currency and by channel. */
export function SegmentCosts({ input }: { input: ReturnType<typeof costsInput> }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.cost.segments.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 60_000 }),
  );
  if (query.isPending) return <Skeleton className="h-80" />;
  if (query.isError) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  const segments = query.data?.segments ?? [];
  if (segments.length === 0) return <EmptyState title="No payment of this window has a known outcome yet" />;
  return (
    <ChartFrame
      title={segmentsReading(segments)}
      note="The decisions as served, on known payments, by the figures of each segment. Below each figure its 95 % interval, customers resampled; none under 50 labelled frauds. Currencies stand beside each other and are never added; channels are of the currency chosen above."
      fileName="cost-by-segment"
      values={segmentValues(segments)}
    >
      <section aria-label="Cost by segment" {...reachable} className="relative overflow-x-auto">
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              {columns.map((name, at) => (
                <th
                  key={name}
                  scope="col"
                  className={`h-9 px-3 font-medium whitespace-nowrap ${at === 0 ? "text-left" : "text-right"}`}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {segments.map((segment) => (
              <SegmentRow key={`${segment.dimension} ${segment.value}`} segment={segment} />
            ))}
          </tbody>
        </table>
      </section>
    </ChartFrame>
  );
}

function SegmentRow({ segment }: { segment: SegmentCost }): ReactNode {
  const { currency, rows, frauds, cost, savedVsApprove, savedVsReview } = segment;
  const { kind, value } = segmentName(segment);
  const cell = "px-3 text-right whitespace-nowrap";
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap">
        <span className="text-muted">{kind}</span> {value}
      </th>
      <td className={cell}>{count(rows)}</td>
      <td className={cell}>{count(frauds)}</td>
      {[cost, savedVsApprove, savedVsReview].map((estimate, at) => (
        <td key={columns[at + 3]} className={cell}>
          <Money estimate={estimate} currency={currency} />
        </td>
      ))}
    </tr>
  );
}

function Money({
  estimate: { minor, interval },
  currency,
}: {
  estimate: Estimate;
  currency: string;
}): ReactNode {
  return (
    <>
      {money(Math.round(minor), currency)}
      {interval !== null && <div className="text-xs text-muted">{intervalText(interval, currency)}</div>}
    </>
  );
}
