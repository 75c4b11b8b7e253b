"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { withToast } from "#app/ui/lazy-toast.ts";
import { TrainingProgress } from "../models/training-progress.tsx";
import { useTraining } from "../models/use-training.ts";
import type { WindowView } from "./types.ts";

const LEAST_REASON = 3;

/** The champion with another calibration, as a new version: asked for with a reason, made by the worker. */
export function RecalibrateCard({ versions }: { versions: WindowView["versions"] }): ReactNode {
  const champion = versions.find(({ status }) => status === "champion");
  const canTrain = useCan("model:train");
  const { run, isUnderWay } = useTraining();
  const [isOpen, setOpen] = useState(false);
  if (champion === undefined) return null;
  const isOurs = run !== null && run.options.recalibrates !== null;
  return (
    <Card
      title={`Give version ${champion.number} another calibration`}
      actions={
        <Button
          look="primary"
          size="small"
          disabled={!canTrain || isUnderWay}
          title={canTrain ? undefined : "Recalibrating needs the role model owner or admin"}
          onClick={() => setOpen(true)}
        >
          Recalibrate…
        </Button>
      }
    >
      <p className="text-muted">
        The worker fits isotonic and Platt calibration to the champion's raw scores on payments that have
        matured since it was trained, keeps the one with the lower Brier score on later payments, and
        registers the same model as a new candidate. The gate judges it against the champion on payments later
        still; nothing changes in service until it is promoted.
      </p>
      {isUnderWay && !isOurs && (
        <p className="mt-2 text-muted">
          A training is under way; one run at a time. Wait for it or cancel it.
        </p>
      )}
      {run !== null && isOurs && (
        <div className="mt-3">
          <TrainingProgress run={run} isUnderWay={isUnderWay} />
        </div>
      )}
      <RecalibrateDialog champion={champion} open={isOpen} onOpenChange={setOpen} />
    </Card>
  );
}

type RecalibrateDialogProps = {
  champion: { id: string; number: number };
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function RecalibrateDialog({ champion, open, onOpenChange }: RecalibrateDialogProps): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = useId();
  const [reason, setReason] = useState("");
  const ask = useMutation(
    trpc.training.recalibrate.mutationOptions({
      onSuccess: () => {
        onOpenChange(false);
        setReason("");
        withToast((show) => show.success("The worker makes a new calibration"));
        void queryClient.invalidateQueries(trpc.training.pathFilter());
      },
    }),
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Recalibrate version ${champion.number}?`}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate({ championId: champion.id, reason: reason.trim() });
        }}
      >
        <div className="space-y-1">
          <label htmlFor={id} className="text-xs font-medium text-muted">
            Why? Kept in the audit log
          </label>
          <textarea
            id={id}
            required
            minLength={LEAST_REASON}
            maxLength={400}
            rows={3}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className="w-full rounded-md border border-line-strong/60 bg-surface px-2 py-1.5 text-sm text-ink"
          />
        </div>
        {ask.error !== null && (
          <p role="alert" className="text-decline">
            {ask.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            disabled={ask.isPending || reason.trim().length < LEAST_REASON}
          >
            Make the candidate
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
