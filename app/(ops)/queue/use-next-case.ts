"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";

/** Claims the best free case, of one queue or of all (null), and hands over its id; says so when none is free. */
export function useNextCase(
  queueId: string | null,
  onTaken: (id: string) => void,
): { take: () => void; isTaking: boolean } {
  const trpc = useTRPC();
  const next = useMutation(
    trpc.case.next.mutationOptions({
      onSuccess: (row) => {
        if (row === null) toast("No case is free now. New ones appear here by themselves.");
        else onTaken(row.id);
      },
      onError: (error) => toast.error(`No case was taken. ${error.message}`),
    }),
  );
  return { take: () => next.mutate({ queueId }), isTaking: next.isPending };
}
