"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import type { PolicyVersion } from "./types.ts";

type Inputs = inferRouterInputs<AppRouter>["policy"];

/** Everything that changes policies, each told in a message when it is done. */
export function usePolicyWrites() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = {
    onError: (error: { message: string }) => void toast.error(error.message),
    onSettled: () => queryClient.invalidateQueries(trpc.policy.pathFilter()),
  };
  const saving = useMutation(trpc.policy.saveDraft.mutationOptions(after));
  const activating = useMutation(trpc.policy.activate.mutationOptions(after));
  const rolling = useMutation(trpc.policy.rollBack.mutationOptions(after));
  const discarding = useMutation(trpc.policy.discardDraft.mutationOptions(after));
  const put = (done: Awaited<ReturnType<typeof activating.mutateAsync>>): void => {
    if (isPendingApproval(done))
      toast(`Approval ${done.number} is asked for.`, { description: done.because });
    else toast(`Policy version ${done.number} is in force.`);
  };
  return {
    save: (input: Inputs["saveDraft"], onDone: (draft: PolicyVersion) => void) =>
      saving.mutate(input, {
        onSuccess: (draft) => {
          toast(`Saved as draft ${draft.number}; it decides nothing yet.`);
          onDone(draft);
        },
      }),
    activate: (input: Inputs["activate"], onDone: () => void) =>
      activating.mutate(input, {
        onSuccess: (done) => {
          put(done);
          onDone();
        },
      }),
    rollBack: (input: Inputs["rollBack"], onDone: () => void) =>
      rolling.mutate(input, {
        onSuccess: (done) => {
          put(done);
          onDone();
        },
      }),
    discard: (id: string, onDone: () => void) =>
      discarding.mutate(
        { id },
        {
          onSuccess: () => {
            toast("The draft is discarded.");
            onDone();
          },
        },
      ),
    isPending: [saving, activating, rolling, discarding].some((one) => one.isPending),
  };
}
