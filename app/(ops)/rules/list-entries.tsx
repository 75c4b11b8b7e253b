"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Input } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { type ListEffect, listKinds } from "#server/domain/list/list-entry.ts";
import { AddEntryDialog } from "./add-entry-dialog.tsx";
import { RemoveEntry } from "./remove-entry.tsx";
import { entriesInput, ruleParams } from "./search-params.ts";
import type { ListEntry } from "./types.ts";
import { kindWords } from "./words.ts";

const about: Record<ListEffect, string> = {
  block: "Whatever is here is declined, before any rule and whatever the score.",
  allow:
    "Whatever is here is approved before any rule, as long as the model can score and nothing is blocked.",
};
const kinds = listKinds.map((value) => ({ value, label: kindWords[value] }));

/** The block or the allow list, newest first. */
export function ListEntries({ list }: { list: ListEffect }): ReactNode {
  const trpc = useTRPC();
  const canWrite = useCan("list:write");
  const [params, setParams] = useQueryStates(ruleParams, { history: "replace" });
  const [isAdding, setAdding] = useState(false);
  const query = useInfiniteQuery(
    trpc.list.entries.infiniteQueryOptions(entriesInput(list, params), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          label="Kind"
          any="Every kind"
          choices={kinds}
          value={params.kind}
          onChange={(kind) => void setParams({ kind })}
          className="w-36"
        />
        <ValueSearch value={params.value} onChange={(value) => void setParams({ value })} />
        <Button className="ml-auto" look="primary" disabled={!canWrite} onClick={() => setAdding(true)}>
          Add to the {list} list
        </Button>
      </div>
      <p className="text-muted">{about[list]}</p>
      <Card padded={false}>
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.isError ? (
          <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState title="Nothing is on this list" icon="rules">
            Customers, cards, devices, addresses, merchants and countries can be put here, for a while or for
            good.
          </EmptyState>
        ) : (
          <DataTable
            caption={`Entries of the ${list} list`}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
          />
        )}
      </Card>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
          Show older entries
        </Button>
      )}
      <AddEntryDialog list={list} isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

function ValueSearch({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactNode {
  const [text, setText] = useTypedText(value, onChange);
  return (
    <Input
      type="search"
      label="Exact value"
      isLabelHidden
      placeholder="Exact value"
      className="w-56"
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

const column = columnsOf<ListEntry>();
const columns = column.columns([
  column.accessor("kind", { header: "Kind", cell: (cell) => kindWords[cell.getValue()] }),
  column.accessor("value", {
    header: "Value",
    cell: (cell) => <code className="text-xs">{cell.getValue()}</code>,
  }),
  column.accessor("reason", {
    header: "Why",
    meta: { from: "md" },
    cell: (cell) => (
      <span className="block max-w-md truncate" title={cell.getValue()}>
        {cell.getValue()}
      </span>
    ),
  }),
  column.accessor("addedAt", {
    header: "Added",
    meta: { from: "lg" },
    cell: ({ row: { original } }) => (
      <>
        <RelativeTime time={original.addedAt} /> by {original.addedBy}
      </>
    ),
  }),
  column.accessor("expiresAt", {
    header: "Until",
    meta: { from: "sm" },
    cell: (cell) => <Expiry time={cell.getValue()} />,
  }),
  column.display({
    id: "remove",
    header: () => <span className="sr-only">Change</span>,
    meta: { align: "end" },
    cell: ({ row: { original } }) => <RemoveEntry entry={original} />,
  }),
]);

function Expiry({ time }: { time: string | null }): ReactNode {
  const now = useNow();
  if (time === null) return "removed";
  if (now !== null && Date.parse(time) <= now.getTime()) return <Badge>Expired</Badge>;
  return <RelativeTime time={time} />;
}
