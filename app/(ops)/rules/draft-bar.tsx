"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { TestRules } from "./test-result.tsx";
import type { RuleSetView } from "./types.ts";
import { differences } from "./words.ts";

type DraftBarProps = { draft: RuleSetView; active: RuleSetView | null };

/** What the draft changes, and the ways to put it in force or throw it away. */
export function DraftBar({ draft, active }: DraftBarProps): ReactNode {
  const canWrite = useCan("rule:write");
  const { activate, discard, isPending } = useDraftEnd(draft);
  const [isActivating, setActivating] = useState(false);
  const changes = differences(active?.rules ?? [], draft.rules) ?? "nothing differs from what is in force";
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <strong className="font-medium">Draft:</strong> {changes}. Saved{" "}
          <RelativeTime time={draft.updatedAt} />; it decides nothing yet.
        </p>
        <div className="flex gap-2">
          <Button size="small" look="quiet" disabled={!canWrite || isPending} onClick={() => discard()}>
            Discard the draft
          </Button>
          <Button size="small" look="primary" disabled={!canWrite} onClick={() => setActivating(true)}>
            Activate…
          </Button>
        </div>
      </div>
      <Dialog open={isActivating} onOpenChange={setActivating} title="Put this draft in force?" wide>
        <div className="space-y-4">
          <p>
            {changes.charAt(0).toUpperCase() + changes.slice(1)}. Every payment is decided by these rules
            within seconds; the rules in force now are kept in history.
          </p>
          <TestRules rules={draft.rules} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setActivating(false)}>Keep things as they are</Button>
            <Button look="primary" disabled={isPending} onClick={() => activate(() => setActivating(false))}>
              Activate these rules
            </Button>
          </div>
        </div>
      </Dialog>
    </Card>
  );
}

function useDraftEnd(draft: RuleSetView): {
  activate: (onDone: () => void) => void;
  discard: () => void;
  isPending: boolean;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const input = { draftId: draft.id, expectedUpdatedAt: draft.updatedAt };
  const after = {
    onError: (error: { message: string }) => toast.error(error.message),
    onSettled: () => queryClient.invalidateQueries(trpc.rule.inForce.queryFilter()),
  };
  const activate = useMutation(
    trpc.rule.activate.mutationOptions({
      ...after,
      onSuccess: (done) => {
        if (isPendingApproval(done))
          toast(`Approval ${done.number} is asked for.`, { description: done.because });
        else toast("The rules are in force.");
      },
    }),
  );
  const discard = useMutation(
    trpc.rule.discardDraft.mutationOptions({ ...after, onSuccess: () => toast("The draft is gone.") }),
  );
  return {
    activate: (onDone) => activate.mutate(input, { onSettled: onDone }),
    discard: () => discard.mutate(input),
    isPending: activate.isPending || discard.isPending,
  };
}
