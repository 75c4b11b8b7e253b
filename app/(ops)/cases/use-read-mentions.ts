"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useTRPC } from "#app/trpc/client.tsx";

/** Whoever opens a case has read the notes in it that name them. */
export function useReadMentions(caseId: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: unread } = useQuery(trpc.case.mentions.queryOptions(undefined, { staleTime: 60_000 }));
  const read = useMutation(
    trpc.case.readMentions.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.case.mentions.pathFilter()),
    }),
  );
  const isNamed = unread?.some((mention) => mention.caseId === caseId) ?? false;
  const markRead = useEffectEvent(() => read.mutate({ caseId }));
  useEffect(() => {
    if (isNamed) markRead();
  }, [isNamed]);
}
