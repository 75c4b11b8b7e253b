"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Run } from "./types.ts";

const POLL_MS = 1_500;
const IDLE_MS = 15_000;

/** True while a run waits or works. */
function isUnderWay(run: Run | null | undefined): boolean {
  return run?.status === "queued" || run?.status === "running";
}

/** The run of now or the latest; polled while it works. When it ends, lists are read again. */
export function useTraining(): { run: Run | null; isUnderWay: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data = null } = useQuery(
    trpc.training.current.queryOptions(undefined, {
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? POLL_MS : IDLE_MS),
    }),
  );
  const underWay = isUnderWay(data);
  const wasUnderWay = useRef(underWay);
  useEffect(() => {
    if (wasUnderWay.current && !underWay) {
      void queryClient.invalidateQueries(trpc.model.pathFilter());
      void queryClient.invalidateQueries(trpc.training.list.pathFilter());
    }
    wasUnderWay.current = underWay;
  }, [underWay, queryClient, trpc]);
  return { run: data, isUnderWay: underWay };
}
