"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input } from "#app/ui/field.tsx";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import type { Policy } from "#server/domain/policy.ts";
import { reviewedReading } from "./words.ts";

/** How many disagreements are sent to review, which the policy in force says, and the way to change it. */
export function ReviewedShare(): ReactNode {
  const trpc = useTRPC();
  const canWrite = useCan("policy:write");
  const [isOpen, setOpen] = useState(false);
  const { data: active } = useQuery(trpc.policy.active.queryOptions());
  if (active === undefined) return null;
  const share = active.policy.exploration.disagreementShare;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p>{reviewedReading(share)}</p>
      <Button
        size="small"
        disabled={!canWrite}
        title={canWrite ? undefined : "Changing the policy needs the role lead, model owner or admin"}
        onClick={() => setOpen(true)}
      >
        Send to review…
      </Button>
      {isOpen && <SendDialog policy={active.policy} activeId={active.id} onClose={() => setOpen(false)} />}
    </div>
  );
}

type SendDialogProps = { policy: Policy; activeId: string; onClose: () => void };

function SendDialog({ policy, activeId, onClose }: SendDialogProps): ReactNode {
  const [percentage, setPercentage] = useState(
    String(Number((policy.exploration.disagreementShare * 100).toFixed(2))),
  );
  const activate = useActivate(onClose);
  const share = Number(percentage.replace(",", ".")) / 100;
  const fits = percentage.trim() !== "" && share >= 0 && share <= 1;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const exploration = { ...policy.exploration, disagreementShare: share };
    activate.mutate({ policy: { ...policy, exploration }, expectedActiveId: activeId });
  };
  return (
    <Dialog open onOpenChange={onClose} title="Send disagreements to review?">
      <form onSubmit={submit} className="space-y-3">
        <Input
          label="Disagreements sent to review, in %"
          inputMode="decimal"
          value={percentage}
          onChange={(event) => setPercentage(event.target.value)}
          error={fits ? undefined : "From 0 to 100"}
        />
        <p className="text-muted">
          Of payments that the champion approves or declines and the challenger would not, so many are drawn
          and reviewed by a person without either score. The chance is stored with each decision. This is a
          new version of the policy.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep things as they are</Button>
          <Button
            type="submit"
            look="primary"
            disabled={!fits || share === policy.exploration.disagreementShare || activate.isPending}
          >
            Put it in force
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useActivate(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.policy.activate.mutationOptions({
      onSuccess: async (done) => {
        if (isPendingApproval(done))
          toast(`Approval ${done.number} is asked for.`, { description: done.because });
        else toast(`Policy version ${done.number} is in force.`);
        onDone();
        await queryClient.invalidateQueries();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
}
