"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { ApprovalDetail } from "./approval-detail.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { type ApprovalPile, approvalParams, listInput } from "./search-params.ts";
import { type Approval, approvalsReading } from "./words.ts";

const REFRESH_MS = 15_000;
const piles = [
  { value: "pending", label: "Waiting" },
  { value: "answered", label: "Answered" },
] as const satisfies readonly { value: ApprovalPile; label: string }[];

/** Changes that wait for a second person, and what became of those before. */
export function Approvals(): ReactNode {
  const trpc = useTRPC();
  const [{ pile, approval }, setParams] = useQueryStates(approvalParams, { history: "push" });
  const list = useInfiniteQuery(
    trpc.approval.list.infiniteQueryOptions(listInput(pile), {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: REFRESH_MS,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = rows.find(({ id }) => id === approval) ?? rows[0] ?? null;
  const show = (id: string | null): void => void setParams({ approval: id }, { history: "replace" });
  useMoves(rows, open, show);
  return (
    <>
      <PageHeader
        title="Approvals"
        reading={
          list.data === undefined
            ? null
            : pile === "pending"
              ? approvalsReading(rows, list.hasNextPage)
              : "What second persons answered, newest first"
        }
      />
      <PageBody>
        <Tabs
          label="Which approvals"
          tabs={piles}
          value={pile}
          onChange={(next) => void setParams({ pile: next, approval: null })}
        />
        {list.isPending ? (
          <Card padded={false}>
            <SkeletonRows rows={6} />
          </Card>
        ) : list.isError ? (
          <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />
        ) : open === null ? (
          <Card>
            <NoApproval pile={pile} />
          </Card>
        ) : (
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <div className="space-y-3">
              <ApprovalList rows={rows} openId={open.id} onOpen={show} />
              {list.hasNextPage && (
                <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
                  Show more
                </Button>
              )}
            </div>
            <ApprovalDetail key={open.id} approval={open} />
          </div>
        )}
      </PageBody>
    </>
  );
}

/** j and k go through the list wherever the focus is. */
function useMoves(rows: readonly Approval[], open: Approval | null, show: (id: string) => void): void {
  const at = rows.findIndex(({ id }) => id === open?.id);
  const move = (step: number): void => {
    const next = rows[at + step];
    if (next !== undefined) show(next.id);
  };
  useShortcuts("Approvals", [
    { keys: "j", label: "Next", run: () => move(1) },
    { keys: "k", label: "Previous", run: () => move(-1) },
  ]);
}

function NoApproval({ pile }: { pile: ApprovalPile }): ReactNode {
  return pile === "pending" ? (
    <EmptyState title="Nothing waits" icon="check">
      Changes that need a second person, by the review settings, appear here until somebody else has answered.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was answered yet">
      Every answer stays here: who asked, who answered, and why.
    </EmptyState>
  );
}
