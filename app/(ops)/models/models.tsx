"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { CandidateCard } from "./candidate-card.tsx";
import { modelsReading, newestCandidate } from "./reading.ts";
import { RegistryTable } from "./registry-table.tsx";
import { RollbackButton } from "./rollback-button.tsx";
import { RunHistory } from "./run-history.tsx";
import { TrainButton } from "./train-button.tsx";
import { TrainingProgress } from "./training-progress.tsx";
import type { Model } from "./types.ts";
import { useTraining } from "./use-training.ts";

/** Every model version, what decides now, and how to make, compare, promote and take back versions. */
export function ModelsPage(): ReactNode {
  const trpc = useTRPC();
  const list = useQuery(trpc.model.list.queryOptions());
  const training = useTraining();
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
        {list.isPending ? (
          <Card padded={false}>
            <SkeletonRows rows={8} />
          </Card>
        ) : list.isError ? (
          <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
        ) : models.length === 0 ? (
          <NoModels isUnderWay={training.isUnderWay} />
        ) : (
          <Registry models={models} />
        )}
        <RunHistory />
      </PageBody>
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
