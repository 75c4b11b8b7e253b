"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { type ReactNode, useEffect } from "react";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import { AlertList } from "./alert-list.tsx";
import { alertParams, listInput } from "./search-params.ts";
import { type Alert, alertsReading } from "./words.ts";

const REFRESH_MS = 15_000;

type AlertPileProps = { pile: "open" | "resolved"; onReading: (reading: string | null) => void };

/** Alerts of one kind, and beside them the one that is looked at. */
export function AlertPile({ pile, onReading }: AlertPileProps): ReactNode {
  const trpc = useTRPC();
  const [{ alert }, setParams] = useQueryStates(alertParams, { history: "replace" });
  const list = useInfiniteQuery(
    trpc.alert.list.infiniteQueryOptions(listInput(pile), {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: REFRESH_MS,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = rows.find(({ id }) => id === alert) ?? rows[0] ?? null;
  const show = (id: string): void => void setParams({ alert: id });
  useMoves(rows, open, show);
  const resolved = "What is over, newest first";
  const reading =
    list.data === undefined ? null : pile === "open" ? alertsReading(rows, list.hasNextPage) : resolved;
  useEffect(() => onReading(reading), [reading, onReading]);
  if (list.isPending) {
    return (
      <Card padded={false}>
        <SkeletonRows rows={6} />
      </Card>
    );
  }
  if (list.isError) return <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />;
  if (open === null) return <NoAlert pile={pile} />;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="space-y-3">
        <AlertList rows={rows} openId={open.id} onOpen={show} />
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            Show more
          </Button>
        )}
      </div>
      <AlertDetail key={open.id} alert={open} />
    </div>
  );
}

/** j and k go through the list wherever the focus is. */
function useMoves(rows: readonly Alert[], open: Alert | null, show: (id: string) => void): void {
  const at = rows.findIndex(({ id }) => id === open?.id);
  const move = (step: number): void => {
    const next = rows[at + step];
    if (next !== undefined) show(next.id);
  };
  useShortcuts("Alerts", [
    { keys: "j", label: "Next", run: () => move(1) },
    { keys: "k", label: "Previous", run: () => move(-1) },
  ]);
}

function NoAlert({ pile }: { pile: "open" | "resolved" }): ReactNode {
  return (
    <Card>
      {pile === "open" ? (
        <EmptyState title="All is calm" icon="check">
          An alert appears here as soon as one of the rules fires, and when cases are overdue or what was
          served differs from its log.
        </EmptyState>
      ) : (
        <EmptyState title="No alert was resolved yet">Alerts stay here when they are over.</EmptyState>
      )}
    </Card>
  );
}
