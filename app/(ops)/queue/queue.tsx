"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ReactNode, useRef } from "react";
import { plural } from "#app/format/number.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { QueueEmpty } from "./queue-empty.tsx";
import { orderOptions, QueueFilters } from "./queue-filters.tsx";
import { queueReading } from "./queue-reading.ts";
import { QueueTable } from "./queue-table.tsx";
import { QueueTabs } from "./queue-tabs.tsx";
import { filterOf, isFiltered, noFilters, type QueueParams, queueParams } from "./search-params.ts";
import { TeamMenu } from "./team-menu.tsx";
import { useNextCase } from "./use-next-case.ts";
import { useQueueRows } from "./use-queue-rows.ts";
import { ViewsMenu } from "./views-menu.tsx";

const REFRESH_MS = 8_000;
const orderKeys = { expected_loss: "l", due: "d", score: "s", amount: "a", age: "g" } as const;

/** The cases that wait, most urgent first, kept fresh while one works. */
export function Queue(): ReactNode {
  const trpc = useTRPC();
  const router = useRouter();
  const canWork = useCan("case:work");
  const isLead = useCan("case:manage");
  const search = useRef<HTMLInputElement>(null);
  const [params, setParams] = useQueryStates(queueParams, { history: "push" });
  const change = (wanted: Partial<QueueParams>): void => void setParams(wanted);
  const { list, rows, fresh, showNew, listKey } = useQueueRows(params);
  const { data: counts } = useQuery(
    trpc.case.counts.queryOptions(filterOf(params), {
      refetchInterval: REFRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
  const next = useNextCase(params.queue, (id) => router.push(`/cases/${id}`));
  const renew = (): void => {
    window.scrollTo({ top: 0 });
    showNew();
  };
  useShortcuts("Queue", [
    { keys: "/", label: "Search the queue", run: () => search.current?.focus() },
    { keys: "R", label: "Show what is new", run: renew },
    ...orderOptions.map(({ value, label }) => ({
      keys: `o ${orderKeys[value]}`,
      label,
      run: () => change({ order: value }),
    })),
    ...(canWork
      ? [
          { keys: "n", label: "Work on the next case", run: next.take },
          { keys: "]", label: "Work on the next case", run: next.take },
        ]
      : []),
  ]);
  const isNarrowed = params.queue !== null || params.pile !== "open" || isFiltered(params);
  const isCounted = counts !== undefined && counts.matching < counts.limit;

  return (
    <>
      <PageHeader
        title="Queue"
        reading={counts === undefined ? null : queueReading(counts, isNarrowed)}
        actions={
          canWork && (
            <Button look="primary" onClick={next.take} disabled={next.isTaking}>
              Next case
              <span className="max-md:hidden">
                <KeyHint keys="n" />
              </span>
            </Button>
          )
        }
      />
      <PageBody>
        <div className="flex items-center gap-3 border-b border-line">
          <QueueTabs queue={params.queue} onQueue={(queue) => change({ queue })} />
          {isLead && <TeamMenu />}
          <ViewsMenu />
        </div>
        <QueueFilters params={params} onChange={change} counts={counts} searchRef={search} />
        {list.isPending ? (
          <SkeletonRows rows={14} />
        ) : list.isError && rows.length === 0 ? (
          <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <QueueEmpty params={params} onClear={() => void setParams(noFilters)} />
        ) : (
          <div className="relative" aria-busy={list.isPlaceholderData}>
            <NewPill fresh={fresh} onShow={renew} />
            <QueueTable
              rows={rows}
              params={params}
              listKey={listKey}
              total={isCounted ? counts.matching : null}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetching}
              onMore={() => void list.fetchNextPage()}
              onOpen={(id) => router.push(`/cases/${id}`)}
              onOrder={(order) => change({ order })}
            />
          </div>
        )}
      </PageBody>
    </>
  );
}

/** Says that the list has become another, without moving it: that is for whoever reads it to ask for. */
function NewPill({ fresh, onShow }: { fresh: number; onShow: () => void }): ReactNode {
  return (
    <div role="status" className="pointer-events-none sticky top-[104px] z-10 flex h-0 justify-center">
      {fresh > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto -mt-4 flex h-8 items-center gap-2 rounded-full bg-accent px-3 font-medium text-on-accent shadow-float hover:bg-accent-strong"
        >
          {plural(fresh, "new case")}
          <KeyHint keys="R" />
        </button>
      )}
    </div>
  );
}
