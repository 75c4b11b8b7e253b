"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { instant } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Breaches } from "./breaches.tsx";
import { RetrainingForm } from "./retraining-form.tsx";
import type { Retraining as RetrainingView } from "./types.ts";

/** When models are trained anew, what becomes of them, and how near the next training is. */
export function Retraining(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.training.triggers.queryOptions());
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card padded={false}>
        <SkeletonRows rows={6} />
      </Card>
    );
  }
  return (
    <>
      <Next retraining={data} />
      <RetrainingForm key={JSON.stringify(data.settings)} stored={data.settings} />
      <Breaches />
    </>
  );
}

function Next({ retraining }: { retraining: RetrainingView }): ReactNode {
  const { settings, matureLabels, nextAt, pending } = retraining;
  const { matureLabels: needed } = settings;
  return (
    <Card title="The next training">
      <ul className="space-y-1">
        {pending !== null && <li>Waits for the training under way to end: {pending.because}</li>}
        <li>
          {nextAt === null ? (
            "No time is set for it."
          ) : (
            <span title={instant(nextAt)}>
              By the schedule <RelativeTime time={nextAt} />.
            </span>
          )}
        </li>
        <li>
          {matureLabels === null
            ? "Labels are counted once the worker runs."
            : `${count(matureLabels)} labels became mature since the last training${needed === null ? "" : `; ${count(needed)} ask for one`}.`}
        </li>
      </ul>
    </Card>
  );
}
