"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { comparisonReading } from "./reading.ts";
import type { FamilyReport, Model, Report } from "./types.ts";
import { capitalised, familyWords, withInterval } from "./words.ts";

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

type Test = FamilyReport["test"];

function SideBySide({ candidate, report }: { candidate: Model; report: Report }): ReactNode {
  const own = report.families[report.selected]?.test ?? null;
  const rival = report.champion;
  const { test } = report.split;
  return (
    <div className="space-y-2">
      <p>{comparisonReading(candidate.number, report)}</p>
      <p className="text-xs text-muted">
        Test days {day(new Date(test.fromMs))} – {day(new Date(test.toMs - 1))}: {count(test.rows)} payments,{" "}
        {count(test.frauds)} frauds, looked at once after the choice was made.
      </p>
      <div className="overflow-x-auto">
        <table className="w-full max-w-4xl">
          <caption className="sr-only">The candidate and the champion on the same test payments</caption>
          <thead>
            <tr className="border-b border-line text-left text-xs text-muted">
              {[
                "Version",
                "Average precision",
                "ROC AUC",
                "Recall at 0.1 % FPR",
                "Recall at 1 % FPR",
                "Brier",
              ].map((name) => (
                <th key={name} scope="col" className="h-8 pr-4 font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <TestRow
              name={`Version ${candidate.number}`}
              what={`${capitalised(familyWords(candidate.family))}, candidate`}
              test={rival?.comparison.candidate ?? own}
            />
            {rival !== null && (
              <TestRow
                name={`Version ${rival.number}`}
                what="Champion when it was trained"
                test={rival.comparison.champion}
              />
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TestRow({ name, what, test }: { name: string; what: string; test: Test | null }): ReactNode {
  const cells = [
    withInterval(test?.averagePrecision ?? null, test?.averagePrecisionInterval ?? null),
    withInterval(test?.rocAuc ?? null, test?.rocAucInterval ?? null),
    percent(test?.recallAtFpr001 ?? null),
    percent(test?.recallAtFpr01 ?? null),
    test?.brier?.toFixed(5) ?? "–",
  ];
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="py-1.5 pr-4 text-left whitespace-nowrap">
        <div className="font-medium">{name}</div>
        <div className="text-xs font-normal text-muted">{what}</div>
      </th>
      {["ap", "auc", "low", "high", "brier"].map((key, at) => (
        <td key={key} className="pr-4 whitespace-nowrap">
          {cells[at]}
        </td>
      ))}
    </tr>
  );
}
