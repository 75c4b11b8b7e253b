"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { Breaches } from "./breaches.tsx";
import { CandidateCard } from "./candidate-card.tsx";
import { ExperimentList } from "./experiments/experiment-list.tsx";
import { modelsReading, newestCandidate } from "./reading.ts";
import { RegistryTable } from "./registry-table.tsx";
import { Retraining } from "./retraining.tsx";
import { RollbackButton } from "./rollback-button.tsx";
import { RunHistory } from "./run-history.tsx";
import { RunningCanary } from "./running-canary.tsx";
import { modelsParams, tabWords } from "./search-params.ts";
import { TrainButton } from "./train-button.tsx";
import { TrainingProgress } from "./training-progress.tsx";
import type { Model } from "./types.ts";
import { useTraining } from "./use-training.ts";

/** Every model version, what decides now, and how to make, compare, promote and take back versions. */
export function ModelsPage(): ReactNode {
  const trpc = useTRPC();
  const list = useQuery(trpc.model.list.queryOptions());
  const training = useTraining();
  const [{ tab }, setParams] = useQueryStates(modelsParams, { history: "push" });
  const models = list.data ?? [];
  return (
    <>
      <PageHeader
        title="Models"
        reading={list.data === undefined ? null : modelsReading(list.data)}
        actions={
          <>
            <Link href="/models/features" className={buttonLook("secondary")}>
              Features
            </Link>
            <RollbackButton models={models} />
            <TrainButton isBusy={training.isUnderWay} />
          </>
        }
      />
      <PageBody>
        {training.run !== null && <TrainingProgress run={training.run} isUnderWay={training.isUnderWay} />}
        <Tabs
          label="What of models"
          tabs={tabWords}
          value={tab}
          onChange={(next) => void setParams({ tab: next })}
        />
        {tab === "versions" && <Versions isUnderWay={training.isUnderWay} />}
        {tab === "experiments" && <ExperimentList isBusy={training.isUnderWay} />}
        {tab === "retraining" && <Retraining />}
      </PageBody>
    </>
  );
}

function Versions({ isUnderWay }: { isUnderWay: boolean }): ReactNode {
  const trpc = useTRPC();
  const list = useQuery(trpc.model.list.queryOptions());
  if (list.isPending) {
    return (
      <Card padded={false}>
        <SkeletonRows rows={8} />
      </Card>
    );
  }
  if (list.isError) return <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />;
  return (
    <>
      <RunningCanary />
      {list.data.length === 0 ? <NoModels isUnderWay={isUnderWay} /> : <Registry models={list.data} />}
      <Breaches />
      <RunHistory />
    </>
  );
}

function Registry({ models }: { models: Model[] }): ReactNode {
  const candidate = newestCandidate(models);
  return (
    <>
      {candidate !== null && <CandidateCard candidate={candidate} models={models} />}
      <RegistryTable models={models} />
    </>
  );
}

function NoModels({ isUnderWay }: { isUnderWay: boolean }): ReactNode {
  return (
    <Card>
      <EmptyState title="No model has been trained yet" icon="models">
        {isUnderWay
          ? "The first one is being trained now; it appears here as a candidate, to be promoted by a person."
          : "A training reads every labelled payment, holds back the newest days to test on, and makes a candidate that a person promotes. Until then every payment goes to review."}
      </EmptyState>
    </Card>
  );
}
