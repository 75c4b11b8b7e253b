"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useRef } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { Experiment } from "../../types.ts";
import { runWords } from "../../words.ts";
import { experimentReading } from "../words.ts";
import { ExperimentFacts } from "./facts.tsx";
import { LiveProgress } from "./live-progress.tsx";
import { RunLog } from "./run-log.tsx";
import { experimentParams } from "./search-params.ts";
import { TrialChart } from "./trial-chart.tsx";
import { TrialDrawer } from "./trial-drawer.tsx";
import { TrialTable } from "./trial-table.tsx";

const POLL_MS = 2_000;

const isUnderWay = (experiment: Experiment | undefined): boolean =>
  experiment?.status === "queued" || experiment?.status === "running";

/** One experiment: how far it is, what it tried, and what won. */
export function ExperimentPage({ id }: { id: string }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.experiment.byId.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (isUnderWay(state.data) ? POLL_MS : false), retry: false },
    ),
  );
  const experiment = query.data;
  const isLive = isUnderWay(experiment);
  useNewsOnceEnded(isLive);
  return (
    <>
      <PageHeader
        title={experiment === undefined ? "Experiment" : <Title experiment={experiment} />}
        reading={experiment === undefined ? null : experimentReading(experiment)}
        actions={
          <Link href="/models?tab=experiments" className={buttonLook("secondary")}>
            All experiments
          </Link>
        }
      />
      <PageBody>
        {query.isPending && (
          <Card padded={false}>
            <SkeletonRows rows={8} />
          </Card>
        )}
        {query.isError && <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />}
        {experiment !== undefined && <Body experiment={experiment} isLive={isLive} />}
      </PageBody>
    </>
  );
}

function Title({ experiment }: { experiment: Experiment }): ReactNode {
  const { label, tone, shape } = runWords[experiment.status];
  return (
    <span className="flex flex-wrap items-center gap-2">
      Experiment
      <Badge tone={tone} shape={shape}>
        {label}
      </Badge>
    </span>
  );
}

function Body({ experiment, isLive }: { experiment: Experiment; isLive: boolean }): ReactNode {
  const [{ trial }, setParams] = useQueryStates(experimentParams, { history: "push" });
  const open = (number: number | null): void => void setParams({ trial: number });
  return (
    <>
      {isLive && <LiveProgress experiment={experiment} />}
      <ExperimentFacts experiment={experiment} />
      {experiment.trials.length === 0 ? (
        <Card>
          <EmptyState title={isLive ? "The rows are being read" : "Nothing was tried"} icon="models">
            {isLive
              ? "Configurations appear here as soon as the payments are loaded and checked for leaks."
              : "It ended before the first configuration; the log says why."}
          </EmptyState>
        </Card>
      ) : (
        <>
          <TrialChart experiment={experiment} onOpen={open} />
          <TrialTable experiment={experiment} onOpen={open} />
        </>
      )}
      <RunLog id={experiment.id} isLive={isLive} />
      <TrialDrawer experiment={experiment} number={trial} onClose={() => open(null)} />
    </>
  );
}

/** When it ends there may be a new candidate: lists of versions and trainings are read again. */
function useNewsOnceEnded(isLive: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const wasLive = useRef(isLive);
  useEffect(() => {
    if (wasLive.current && !isLive) {
      void queryClient.invalidateQueries(trpc.model.pathFilter());
      void queryClient.invalidateQueries(trpc.training.pathFilter());
      void queryClient.invalidateQueries(trpc.experiment.log.pathFilter());
    }
    wasLive.current = isLive;
  }, [isLive, queryClient, trpc]);
}
