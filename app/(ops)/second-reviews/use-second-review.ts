"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { announce } from "../cases/announcer.tsx";
import { dispositionLook } from "../cases/words.ts";

/** Takes cases for a second look one after the other, answers them, and gives back what is passed. */
export function useSecondReview() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const desk = useQuery(trpc.secondReview.desk.queryOptions(undefined, { refetchInterval: 30_000 }));
  const current = desk.data?.current ?? null;
  const refresh = (): void => void queries.invalidateQueries(trpc.secondReview.desk.pathFilter());
  const take = useMutation(
    trpc.secondReview.take.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(trpc.secondReview.desk.queryKey(), (before) => ({
          current: next,
          waiting: next === null ? 0 : Math.max(0, (before?.waiting ?? 1) - 1),
        }));
        announce(next === null ? "No other case waits for your second look." : "The next case is open.");
        refresh();
        window.scrollTo({ top: 0 });
      },
      onError: (error) => toast.error(`The next case could not be opened. ${error.message}`),
    }),
  );
  const answer = useMutation(
    trpc.secondReview.answer.mutationOptions({
      onSuccess: (_, { disposition }) => {
        toast(`Recorded: ${dispositionLook[disposition].word.toLowerCase()}`, {
          description: "Kept beside the first verdict. Whether they agree is not told.",
        });
        take.mutate({});
      },
      onError: (error) => {
        toast.error("Your verdict was not recorded.", { description: error.message, duration: 15_000 });
        refresh();
      },
    }),
  );
  const isBusy = take.isPending || answer.isPending;
  return {
    desk,
    isBusy,
    give: (disposition: Disposition) => {
      if (current !== null && !isBusy) answer.mutate({ id: current.id, disposition });
    },
    goOn: () => {
      if (!isBusy) take.mutate({ pass: current?.id ?? null });
    },
  };
}
