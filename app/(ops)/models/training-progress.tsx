"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { percent } from "#app/format/number.ts";
import { duration } from "#app/format/time.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Run } from "./types.ts";

const RECENT_MS = 3_600_000;

/** The run that works now with its stage, or how the latest one ended within the hour. */
export function TrainingProgress({ run, isUnderWay }: { run: Run; isUnderWay: boolean }): ReactNode {
  const now = useNow();
  if (isUnderWay) return <LiveRun run={run} now={now} />;
  const endedAt = run.finishedAt ?? run.requestedAt;
  if (now === null || now.getTime() - new Date(endedAt).getTime() > RECENT_MS) return null;
  return <EndedRun run={run} endedAt={endedAt} />;
}

function LiveRun({ run, now }: { run: Run; now: Date | null }): ReactNode {
  const began = new Date(run.startedAt ?? run.requestedAt).getTime();
  const running = now === null ? "" : ` · ${duration(Math.max(0, now.getTime() - began))}`;
  const isTraining = run.options.recalibrates === null;
  const title =
    run.status === "queued"
      ? `A ${isTraining ? "training" : "new calibration"} waits for the worker`
      : `A new ${isTraining ? "model is being trained" : "calibration is being made"}`;
  return (
    <Card title={title} actions={<CancelButton run={run} />}>
      <div
        role="progressbar"
        aria-label="Training progress"
        aria-valuenow={Math.round(run.progress * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent(run.progress, 0)}, ${run.stage}`}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${Math.max(1, run.progress * 100)}%` }}
        />
      </div>
      <p className="mt-1.5 text-muted" aria-live="polite">
        <span className="font-medium text-ink">{percent(run.progress, 0)}</span> · {stageWords(run.stage)}
        {running}
        {run.requestedBy === null ? "" : ` · asked for by ${run.requestedBy}`}
        {run.trigger === null || run.trigger.kind === "hand" ? "" : ` · ${run.trigger.because}`}
      </p>
    </Card>
  );
}

function EndedRun({ run, endedAt }: { run: Run; endedAt: string }): ReactNode {
  const ended = <RelativeTime time={endedAt} />;
  if (run.status === "failed") {
    return (
      <Card title="The latest training failed">
        <p role="alert" className="text-decline">
          {run.error ?? "It ended without saying why."}
        </p>
        <p className="text-muted">
          {ended}; the champion goes on as before, and nothing was lost. Train again once the cause is gone.
        </p>
      </Card>
    );
  }
  if (run.status === "cancelled") {
    return (
      <p className="text-muted">The latest training was cancelled {ended}. The champion goes on as before.</p>
    );
  }
  if (run.modelVersion === null) return null;
  return (
    <p className="text-muted">
      The latest training made{" "}
      <Link className="font-medium text-accent hover:underline" href={`/models/${run.modelVersion.number}`}>
        version {run.modelVersion.number}
      </Link>{" "}
      {ended}.
    </p>
  );
}

function CancelButton({ run }: { run: Run }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canTrain = useCan("model:train");
  const cancel = useMutation(
    trpc.training.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.training.pathFilter()),
      onError: (error) => toast.error(error.message),
    }),
  );
  if (!canTrain) return null;
  return (
    <Button
      size="small"
      disabled={run.cancelRequested || cancel.isPending}
      onClick={() => cancel.mutate({ runId: run.id })}
    >
      {run.cancelRequested ? "Cancelling…" : "Cancel"}
    </Button>
  );
}

function stageWords(stage: string): string {
  const words = stage
    .replace(/^fit /, "fitting ")
    .replace(/^evaluate /, "evaluating ")
    .replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
