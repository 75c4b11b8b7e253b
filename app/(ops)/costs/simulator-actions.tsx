"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import type { Policy } from "#server/domain/policy.ts";
import { differenceReading, loadReading, unknownReading } from "./simulation-reading.ts";
import type { Simulation } from "./types.ts";

type SimulatorActionsProps = {
  policy: Policy;
  activeId: string;
  view: Simulation;
  onReset: () => void;
};

/** Keeps the trial as a draft, or puts it in force after its effect was read once more. */
export function SimulatorActions({ policy, activeId, view, onReset }: SimulatorActionsProps): ReactNode {
  const canWrite = useCan("policy:write");
  const [isAsking, setAsking] = useState(false);
  const { activate, save, isPending } = useEnds(onReset);
  const unknown = unknownReading(view);
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button size="small" look="quiet" onClick={onReset}>
        Back to the policy in force
      </Button>
      <Button size="small" disabled={!canWrite || isPending} onClick={() => save(policy)}>
        Save as a draft
      </Button>
      <Button size="small" look="primary" disabled={!canWrite || isPending} onClick={() => setAsking(true)}>
        Activate…
      </Button>
      <Dialog open={isAsking} onOpenChange={setAsking} title="Put this policy in force?">
        <div className="space-y-3">
          <p>{differenceReading(view)}.</p>
          <p>{loadReading(view)}</p>
          {unknown !== null && <p>{unknown}</p>}
          <p className="text-muted">
            Every payment is decided by it within seconds; the policy in force now is kept and can be returned
            to.
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>Keep things as they are</Button>
            <Button
              look="primary"
              disabled={isPending}
              onClick={() => activate(policy, activeId, () => setAsking(false))}
            >
              Activate this policy
            </Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}

function useEnds(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = {
    onError: (error: { message: string }) => toast.error(error.message),
    onSettled: () => queryClient.invalidateQueries(trpc.policy.pathFilter()),
  };
  const activate = useMutation(
    trpc.policy.activate.mutationOptions({
      ...after,
      onSuccess: (done) => {
        if (isPendingApproval(done)) {
          toast(`Approval ${done.number} is asked for.`, { description: done.because });
          return;
        }
        toast(`Policy version ${done.number} is in force.`);
        onDone();
      },
    }),
  );
  const save = useMutation(
    trpc.policy.saveDraft.mutationOptions({
      ...after,
      onSuccess: (draft) => toast(`Saved as draft ${draft.number}; it decides nothing yet.`),
    }),
  );
  return {
    activate: (policy: Policy, expectedActiveId: string, onSettled: () => void) =>
      activate.mutate({ policy, expectedActiveId }, { onSettled }),
    save: (policy: Policy) => save.mutate({ policy, id: null }),
    isPending: activate.isPending || save.isPending,
  };
}
