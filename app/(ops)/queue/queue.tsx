"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ReactNode, useRef } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { QueueEmpty } from "./queue-empty.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { queueReading } from "./queue-reading.ts";
import { QueueTable } from "./queue-table.tsx";
import { filterOf, listInput, queueParams } from "./search-params.ts";
import { useNextCase } from "./use-next-case.ts";

const REFRESH_MS = 8_000;

/** The cases that wait, most urgent first, kept fresh while one works. */
export function Queue(): ReactNode {
  const trpc = useTRPC();
  const router = useRouter();
  const canWork = useCan("case:work");
  const search = useRef<HTMLInputElement>(null);
  const [params, setParams] = useQueryStates(queueParams, { history: "push" });
  const list = useInfiniteQuery(
    trpc.case.list.infiniteQueryOptions(listInput(params), {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: REFRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
  const { data: counts } = useQuery(
    trpc.case.counts.queryOptions(filterOf(params), {
      refetchInterval: REFRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
  const next = useNextCase((id) => router.push(`/cases/${id}`));
  useShortcuts("Queue", [
    { keys: "/", label: "Search the queue", run: () => search.current?.focus() },
    ...(canWork ? [{ keys: "]", label: "Work on the next case", run: next.take }] : []),
  ]);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];

  return (
    <>
      <PageHeader
        title="Queue"
        reading={counts === undefined ? null : queueReading(counts)}
        actions={
          canWork && (
            <Button look="primary" onClick={next.take} disabled={next.isTaking}>
              Next case
              <span className="max-md:hidden">
                <KeyHint keys="]" />
              </span>
            </Button>
          )
        }
      />
      <PageBody>
        <QueueFilters
          params={params}
          onChange={(change) => void setParams(change)}
          counts={counts}
          searchRef={search}
        />
        {list.isPending ? (
          <SkeletonRows rows={14} />
        ) : list.isError ? (
          <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <QueueEmpty params={params} onClear={() => void setParams(null)} />
        ) : (
          <QueueTable
            rows={rows}
            pile={params.pile}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            onOpen={(id) => router.push(`/cases/${id}`)}
          />
        )}
      </PageBody>
    </>
  );
}
