"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input } from "#app/ui/field.tsx";
import { LEAST_SHARE, MOST_SHARE, shareOfCustomers } from "#server/domain/canary-share.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import type { VersionDetail } from "../types.ts";

type ShareDialogProps = {
  version: VersionDetail;
  /** null while it decides for nobody */
  share: number | null;
  onClose: () => void;
};

/** For how many customers a challenger is to decide, and why. */
export function ShareDialog({ version, share, onClose }: ShareDialogProps): ReactNode {
  const [percentage, setPercentage] = useState(percentOf(share ?? 0.05));
  const [reason, setReason] = useState("");
  const propose = usePropose(version, onClose);
  const wanted = Number(percentage.replace(",", ".")) / 100;
  const fits = wanted >= LEAST_SHARE && wanted <= MOST_SHARE;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    propose.mutate({ versionId: version.id, share: wanted, expectedShare: share, reason: reason.trim() });
  };
  const title = share === null ? `Start a canary of version ${version.number}` : "Change the share";
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <form onSubmit={submit} className="space-y-3">
        <Input
          label="Customers it decides for, in %"
          inputMode="decimal"
          value={percentage}
          onChange={(event) => setPercentage(event.target.value)}
          error={fits ? undefined : "From 0.1 to 50"}
        />
        <Input
          label="Why"
          hint="Kept in the audit log"
          required
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="text-muted">
          {share === null
            ? "Those customers are drawn once and stay; the champion decides for all others and scores these in shadow. A guardrail that breaks stops the canary by itself."
            : `With more than now (${shareOfCustomers(share)}) whoever was drawn stays, with less some go back. Both arms are counted anew.`}
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep things as they are</Button>
          <Button
            type="submit"
            look="primary"
            disabled={!fits || reason.trim() === "" || wanted === share || propose.isPending}
          >
            {fits ? `Let it decide for ${shareOfCustomers(wanted)}` : "Let it decide"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** "7" of 0.07, without the rest that floating point leaves. */
function percentOf(share: number): string {
  return String(Number((share * 100).toFixed(2)));
}

function usePropose(version: VersionDetail, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.canary.propose.mutationOptions({
      onSuccess: async (done) => {
        if (isPendingApproval(done))
          toast(`Approval ${done.number} is asked for.`, { description: done.because });
        else toast(`Version ${version.number} decides for ${shareOfCustomers(done.share)} within seconds.`);
        onDone();
        await queryClient.invalidateQueries();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
}
