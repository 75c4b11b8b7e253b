"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { deliveryLook, type WebhookDelivery } from "./webhook-words.ts";

const REFRESH_MS = 10_000;
const column = columnsOf<WebhookDelivery>();
const columns = column.columns([
  column.accessor("eventType", { header: "Event" }),
  column.accessor("target", {
    header: "To",
    meta: { from: "md" },
    cell: (cell) => <span className="block max-w-72 truncate">{cell.getValue()}</span>,
  }),
  column.accessor("createdAt", {
    header: "Written",
    meta: { from: "sm" },
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
  column.accessor("status", {
    header: "State",
    cell: (cell) => {
      const { word, shape, tone } = deliveryLook[cell.getValue()];
      return (
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
      );
    },
  }),
  column.accessor("attempts", { header: "Attempts", meta: { align: "end", from: "md" } }),
  column.accessor("responseCode", {
    header: "Answer",
    meta: { from: "sm" },
    cell: (cell) => {
      const { error } = cell.row.original;
      return <span title={error ?? undefined}>{cell.getValue() ?? error ?? "–"}</span>;
    },
  }),
  column.display({
    id: "resend",
    header: "Again",
    meta: { align: "end" },
    cell: (cell) => <ResendButton delivery={cell.row.original} />,
  }),
]);

/** What was sent lately, what was answered, and a way to send it again. */
export function WebhookDeliveries(): ReactNode {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.webhook.deliveries.infiniteQueryOptions(
      { limit: 25 },
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: REFRESH_MS },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card padded={false} title="Sent lately">
      {list.isError && <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={4} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title="Nothing was sent yet">What is sent stays here for a week.</EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable caption="Deliveries" columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
      {list.hasNextPage && (
        <div className="p-3">
          <Button size="small" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}

function ResendButton({ delivery }: { delivery: WebhookDelivery }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const resend = useMutation(
    trpc.webhook.resend.mutationOptions({
      onSuccess: () => toast("It is sent again."),
      onError: (error) => toast.error(error.message),
      onSettled: () => queryClient.invalidateQueries(trpc.webhook.deliveries.pathFilter()),
    }),
  );
  return (
    <Button
      look="quiet"
      size="small"
      disabled={delivery.status === "pending" || resend.isPending}
      aria-label={`Send ${delivery.eventType} again`}
      onClick={() => resend.mutate({ deliveryId: delivery.id })}
    >
      Send again
    </Button>
  );
}
