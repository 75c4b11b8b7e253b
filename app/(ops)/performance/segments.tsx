"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CsvButton } from "#app/charts/csv-button.tsx";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { scoreText, share } from "./reading.ts";
import type { windowInput } from "./search-params.ts";
import { dimensionWords, segmentsReading, segmentValues } from "./segment-words.ts";
import type { Segment } from "./types.ts";
import { useSettled } from "./use-settled.ts";

type SegmentsCardProps = { input: ReturnType<typeof windowInput>; threshold: number };

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };
const columns = ["Segment", "Known payments", "Frauds", "Precision", "Recall", "False positives"];

/** The chosen threshold by channel, country, merchant category, amount and customer. */
export function SegmentsCard({ input, threshold }: SegmentsCardProps): ReactNode {
  const trpc = useTRPC();
  const settled = useSettled(threshold);
  const query = useQuery(
    trpc.performance.segments.queryOptions(
      { ...input, threshold: settled },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  if (query.isPending) return <Skeleton className="h-96" />;
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  return (
    <Card
      title={segmentsReading(query.data)}
      actions={<CsvButton values={segmentValues(query.data)} fileName="segments" />}
      padded={false}
    >
      <p className="px-4 pb-2 text-xs text-muted">
        Alerting from a score of {scoreText(settled)}, as chosen under Curves; the 12 largest segments of each
        kind. Shares with 95 % Wilson intervals. ≠ marks what differs from the other payments after a
        correction for all comparisons of this table (Benjamini–Hochberg, 5 %).
      </p>
      <section aria-label="Shares by segment" {...reachable} className="relative max-h-112 overflow-auto">
        <table className="w-full border-collapse">
          <thead className="sticky top-0 bg-surface">
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
            {query.data.map((segment) => (
              <SegmentRow key={`${segment.dimension} ${segment.value}`} segment={segment} />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function SegmentRow({ segment }: { segment: Segment }): ReactNode {
  const { dimension, value, rows, frauds, precision, recall, falsePositives } = segment;
  const cell = "px-3 text-right whitespace-nowrap";
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap">
        <span className="text-muted">{dimensionWords[dimension]}</span> {value ?? "not given"}
      </th>
      <td className={cell}>{count(rows)}</td>
      <td className={cell}>{count(frauds)}</td>
      <td className={cell}>
        {segment.precisionContrast.differs && <Differs />} {share(precision.value, precision.interval)}
      </td>
      <td className={cell}>
        {segment.recallContrast.differs && <Differs />} {share(recall.value, recall.interval)}
      </td>
      <td className={cell}>
        {segment.falsePositiveContrast.differs && <Differs />}{" "}
        {share(falsePositives.value, falsePositives.interval)}
      </td>
    </tr>
  );
}

function Differs(): ReactNode {
  return (
    <span title="Differs from the other payments" className="font-semibold text-accent">
      <span aria-hidden="true">≠</span>
      <span className="sr-only">differs:</span>
    </span>
  );
}
