"use client";
import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import type { CaseRow } from "../cases/words.ts";
import { newRows } from "./new-rows.ts";
import { listInput, type QueueParams } from "./search-params.ts";

const HEAD_MS = 5_000;
const noRows: readonly CaseRow[] = [];

/**
 * The rows of the queue, a page at a time. What is shown stays where it is: the head of the list is asked for again
 * every few seconds, and cases that are new there are counted until `showNew` brings them in.
 */
export function useQueueRows(params: QueueParams) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const input = listInput(params);
  const options = trpc.case.list.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    structuralSharing: false, // would compare all rows with themselves for each page
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });
  const list = useInfiniteQuery(options);
  const { data } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? noRows, [data]);
  const head = useQuery(
    trpc.case.list.queryOptions(input, { refetchInterval: HEAD_MS, enabled: list.isSuccess }),
  );
  const fresh = useMemo(
    () =>
      head.data === undefined || list.isPlaceholderData
        ? 0
        : newRows(head.data.rows, rows, list.hasNextPage).length,
    [head.data, rows, list.hasNextPage, list.isPlaceholderData],
  );

  /** Of a list that is left or renewed, or else every page that was loaded would be asked for again. */
  const keepFirstPage = (queryKey: QueryKey): void => {
    queries.setQueryData<typeof data>(queryKey, (all) =>
      all === undefined || all.pages.length < 2
        ? all
        : { pages: all.pages.slice(0, 1), pageParams: all.pageParams.slice(0, 1) },
    );
  };
  const leave = useEffectEvent(keepFirstPage);
  const listKey = JSON.stringify(options.queryKey);
  useEffect(() => () => leave(JSON.parse(listKey)), [listKey]);

  const showNew = (): void => {
    keepFirstPage(options.queryKey);
    void list.refetch();
  };
  const fill = useEffectEvent(showNew);
  const isEmpty = list.isSuccess && rows.length === 0;
  useEffect(() => {
    if (isEmpty && fresh > 0) fill();
  }, [isEmpty, fresh]);

  return { list, rows, fresh, showNew, listKey };
}
