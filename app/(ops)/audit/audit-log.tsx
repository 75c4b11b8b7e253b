"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditLine } from "./audit-line.tsx";
import { auditInput, auditParams } from "./search-params.ts";

/** Who changed what, when: append-only, newest first. */
export function AuditLog(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(auditInput(params), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHeader
        title="Audit"
        reading="Every change, written in the transaction that made it; rows are never changed or deleted"
      />
      <PageBody>
        <AuditFilters params={params} onChange={(change) => void setParams(change)} />
        <Card padded={false}>
          {list.isPending ? (
            <SkeletonRows rows={14} />
          ) : list.isError ? (
            <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
          ) : rows.length === 0 ? (
            <EmptyState
              title="No change matches"
              icon="audit"
              action={<Button onClick={() => void setParams(null)}>Clear the filters</Button>}
            >
              Verdicts, labels, promotions, policies, keys and users each leave a row here.
            </EmptyState>
          ) : (
            <ul>
              {rows.map((row) => (
                <AuditLine key={row.seq} row={row} />
              ))}
            </ul>
          )}
        </Card>
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            Show older changes
          </Button>
        )}
      </PageBody>
    </>
  );
}
