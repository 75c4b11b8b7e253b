"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { moved } from "./moved.ts";
import type { Queue } from "./types.ts";

export type Order = {
  /** of all but General, in their order */
  readonly ids: readonly string[];
  readonly move: (id: string, step: -1 | 1) => void;
};

/** Moves queues; the focus stays on the button that moved one, wherever its row went, so that it can be pressed again. */
export function useQueueOrder(queues: readonly Queue[], table: RefObject<HTMLElement | null>): Order {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const last = useRef<{ id: string; step: -1 | 1 } | null>(null);
  const ids = queues.map(({ id }) => id).filter((id) => id !== GENERAL_QUEUE_ID);
  const { mutate, isPending } = useMutation(
    trpc.queue.reorder.mutationOptions({
      onError: (error) => toast.error(error.message),
      onSettled: () => queryClient.invalidateQueries(trpc.queue.pathFilter()),
    }),
  );
  useEffect(() => {
    if (last.current === null || isPending) return;
    const { id, step } = last.current;
    last.current = null;
    const [up, down] = table.current?.querySelectorAll<HTMLButtonElement>(`[data-moves="${id}"]`) ?? [];
    const [pressed, other] = step === -1 ? [up, down] : [down, up];
    (pressed?.disabled === true ? other : pressed)?.focus();
  }, [isPending, table]);
  return {
    ids,
    move: (id, step) => {
      last.current = { id, step };
      mutate({ queueIds: moved(ids, id, step) });
    },
  };
}
