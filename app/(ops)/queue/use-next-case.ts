"use client";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#app/trpc/client.tsx";
import { withToast } from "#app/ui/lazy-toast.ts";

/** Claims the best free case, of one queue or of all (null), and hands over its id; says so when none is free. */
export function useNextCase(
  queueId: string | null,
  onTaken: (id: string) => void,
): { take: () => void; isTaking: boolean } {
  const trpc = useTRPC();
  const next = useMutation(
    trpc.case.next.mutationOptions({
      onSuccess: (row) => {
        if (row !== null) return onTaken(row.id);
        withToast((show) => show("No case is free now. New ones appear here by themselves."));
      },
      onError: (error) => withToast((show) => show.error(`No case was taken. ${error.message}`)),
    }),
  );
  return { take: () => next.mutate({ queueId }), isTaking: next.isPending };
}
