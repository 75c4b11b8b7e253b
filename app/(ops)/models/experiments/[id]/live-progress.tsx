"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { percent } from "#app/format/number.ts";
import { duration } from "#app/format/time.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { useNow } from "#app/ui/now.tsx";
import type { Experiment } from "../../types.ts";
import { capitalised } from "../../words.ts";

/** How far it is and what it does now, and how to end it. */
export function LiveProgress({ experiment }: { experiment: Experiment }): ReactNode {
  const now = useNow();
  const { progress, stage, startedAt, requestedAt, settings } = experiment;
  const began = new Date(startedAt ?? requestedAt).getTime();
  const running = now === null ? "" : ` · ${duration(Math.max(0, now.getTime() - began))}`;
  const said = stage.replaceAll("_", " ");
  return (
    <Card title="The search goes on" actions={<CancelButton experiment={experiment} />}>
      <div
        role="progressbar"
        aria-label="Progress of the experiment"
        aria-valuenow={Math.round(progress * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent(progress, 0)}, ${said}`}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${Math.max(1, progress * 100)}%` }}
        />
      </div>
      <p className="mt-1.5 text-muted">
        <span className="font-medium text-ink">{percent(progress, 0)}</span> · {capitalised(said)}
        {running} of {settings.budgetMinutes} min for the search
      </p>
    </Card>
  );
}

function CancelButton({ experiment }: { experiment: Experiment }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canTrain = useCan("model:train");
  const cancel = useMutation(
    trpc.training.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.experiment.byId.pathFilter()),
      onError: (error) => toast.error(error.message),
    }),
  );
  if (!canTrain) return null;
  return (
    <Button
      size="small"
      disabled={experiment.cancelRequested || cancel.isPending}
      onClick={() => cancel.mutate({ runId: experiment.id })}
    >
      {experiment.cancelRequested ? "Cancelling…" : "Cancel"}
    </Button>
  );
}
