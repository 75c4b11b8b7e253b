"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { comparisonReading } from "./reading.ts";
import { TestResults } from "./test-results.tsx";
import type { Model, Report } from "./types.ts";
import { capitalised, familyWords } from "./words.ts";

type CandidateCardProps = { candidate: Model; models: readonly Model[] };

/** The newest candidate beside the champion, on the same test payments. */
export function CandidateCard({ candidate, models }: CandidateCardProps): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.model.byId.queryOptions({ versionId: candidate.id }, { staleTime: Infinity }));
  return (
    <Card
      title={`Version ${candidate.number} waits for a decision`}
      actions={<PromoteButton model={candidate} report={query.data?.report ?? null} models={models} />}
    >
      {query.isPending ? (
        <Skeleton className="h-36" />
      ) : query.isError ? (
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <SideBySide candidate={candidate} report={query.data.report} />
      )}
    </Card>
  );
}

function SideBySide({ candidate, report }: { candidate: Model; report: Report }): ReactNode {
  const own = report.families[report.selected]?.test ?? null;
  const rival = report.champion;
  const { test } = report.split;
  const found = rival?.comparison.candidate ?? own;
  const what = `${capitalised(familyWords(candidate.family))}, candidate`;
  const rows = [
    ...(found === null ? [] : [{ key: "candidate", name: `Version ${candidate.number}`, what, test: found }]),
    ...(rival === null
      ? []
      : [
          {
            key: "champion",
            name: `Version ${rival.number}`,
            what: "Champion when it was trained",
            test: rival.comparison.champion,
          },
        ]),
  ];
  return (
    <div className="space-y-2">
      <p>{comparisonReading(candidate.number, report)}</p>
      <p className="text-xs text-muted">
        Test days {day(new Date(test.fromMs))} – {day(new Date(test.toMs - 1))}: {count(test.rows)} payments,{" "}
        {count(test.frauds)} frauds, looked at once after the choice was made.
      </p>
      <div className="-mx-4">
        <TestResults caption="The candidate and the champion on the same test payments" rows={rows} />
      </div>
    </div>
  );
}
