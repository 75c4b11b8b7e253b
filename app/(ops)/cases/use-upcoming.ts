"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";

const LOOK_AGAIN_MS = 15_000;

/** Loads the case that would be next, without claiming it, so that it opens at once. */
export function useUpcoming(currentId: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const canWork = useCan("case:work");
  const { data: upcoming } = useQuery(
    trpc.case.peekNext.queryOptions(undefined, { enabled: canWork, refetchInterval: LOOK_AGAIN_MS }),
  );
  const id = upcoming?.id ?? null;
  useEffect(() => {
    if (id === null || id === currentId) return;
    void queries.prefetchQuery(trpc.case.byId.queryOptions({ caseId: id }));
  }, [id, currentId, queries, trpc]);
}
