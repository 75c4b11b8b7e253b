"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { PromoteButton } from "../promote-button.tsx";
import { comparisonReading } from "../reading.ts";
import type { VersionDetail } from "../types.ts";
import { capitalised, familyWords, statusWords } from "../words.ts";
import { Canary } from "./canary.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import { Days } from "./days.tsx";
import { Disagreements } from "./disagreements.tsx";
import { Gate } from "./gate.tsx";
import { ImportanceChart } from "./importance-chart.tsx";
import { Leaks } from "./leaks.tsx";
import { ModelCard } from "./model-card.tsx";
import { Shadow } from "./shadow.tsx";
import { SliceTables } from "./slice-tables.tsx";
import { TestTable } from "./test-table.tsx";
import { VersionFacts } from "./version-facts.tsx";
import { versionReading } from "./words.ts";

/** One model version: what it is, what it was chosen from, on which days, and how well it did where. */
export function VersionPage({ number }: { number: number }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.model.byNumber.queryOptions({ number }, { staleTime: 60_000, retry: false }));
  const version = query.data;
  return (
    <>
      <PageHeader
        title={version === undefined ? `Version ${number}` : <Title version={version} />}
        reading={version === undefined ? null : versionReading(version)}
        actions={
          <Link href="/models" className={buttonLook("secondary")}>
            All models
          </Link>
        }
      />
      <PageBody>
        {query.isPending ? (
          <VersionSkeleton />
        ) : query.isError ? (
          <CannotShow
            number={number}
            message={query.error.message}
            isUnknown={query.error.data?.code === "NOT_FOUND"}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Version version={query.data} />
        )}
      </PageBody>
    </>
  );
}

function Title({ version }: { version: VersionDetail }): ReactNode {
  const { label, tone, shape } = statusWords[version.status];
  return (
    <span className="flex flex-wrap items-center gap-2">
      Version {version.number}: {familyWords(version.family)}
      <Badge tone={tone} shape={shape}>
        {label}
      </Badge>
    </span>
  );
}

function Version({ version }: { version: VersionDetail }): ReactNode {
  const { report, facts } = version;
  return (
    <>
      {report !== null && version.status !== "champion" && <Decision version={version} />}
      {report !== null && <Gate number={version.number} report={report} />}
      {version.status !== "champion" && <Shadow version={version} />}
      <Canary version={version} />
      <Disagreements version={version} />
      {report === null ? <NoReport /> : <TestTable report={report} />}
      <div className="grid items-start gap-4 xl:grid-cols-12">
        <div className="min-w-0 space-y-4 xl:col-span-8">
          <CandidateTable facts={facts} report={report} />
          <ImportanceChart facts={facts} version={version} />
        </div>
        <div className="min-w-0 space-y-4 xl:col-span-4">
          <VersionFacts version={version} />
          <Days slices={facts.slices} />
          {report !== null && <Leaks report={report} />}
        </div>
      </div>
      {report !== null && <SliceTables report={report} />}
      <ModelCard number={version.number} />
    </>
  );
}

/** Against the champion of its day, and the way to put it in charge. */
function Decision({ version }: { version: VersionDetail }): ReactNode {
  const trpc = useTRPC();
  const { data: models = [] } = useQuery(trpc.model.list.queryOptions());
  const { report, number } = version;
  if (report === null) return null;
  const model = models.find((each) => each.id === version.id);
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>{capitalised(comparisonReading(number, report))}</p>
        {model !== undefined && <PromoteButton model={model} report={report} models={models} />}
      </div>
    </Card>
  );
}

function NoReport(): ReactNode {
  return (
    <Card title="Results on test days">
      <EmptyState title="This version came without a report" icon="models">
        It was stored by other means than a training here, so how it did on test days is not known.
        Performance shows how it does in production once it decides or shadows.
      </EmptyState>
    </Card>
  );
}

type CannotShowProps = { number: number; message: string; isUnknown: boolean; onRetry: () => void };

function CannotShow({ number, message, isUnknown, onRetry }: CannotShowProps): ReactNode {
  if (!isUnknown) return <ErrorState message={message} onRetry={onRetry} />;
  return (
    <Card>
      <EmptyState
        title={`There is no version ${number}`}
        icon="models"
        action={
          <Link href="/models" className={buttonLook("secondary")}>
            All models
          </Link>
        }
      >
        Versions are numbered in the order of their training. The list of models names those there are.
      </EmptyState>
    </Card>
  );
}

function VersionSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-12">
      <Skeleton className="h-72 xl:col-span-12" />
      <div className="min-w-0 space-y-4 xl:col-span-8">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
      <div className="min-w-0 space-y-4 xl:col-span-4">
        <Skeleton className="h-72" />
        <Skeleton className="h-48" />
      </div>
    </div>
  );
}
