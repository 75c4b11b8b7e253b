"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { toast } from "sonner";
import { count } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { moved } from "./moved.ts";
import { routingWords, slaWords } from "./queue-words.ts";
import type { Queue } from "./types.ts";

type QueueTableProps = {
  queues: readonly Queue[];
  /** a count that reaches this stands for "this many or more" */
  limit: number;
  onOpen: (queueId: string) => void;
};

/** One row a queue; Enter opens it, its buttons move it. */
export function QueueTable({ queues, limit, onOpen }: QueueTableProps): ReactNode {
  const capped = (value: number): string => `${count(value)}${value >= limit ? "+" : ""}`;
  const column = columnsOf<Queue>();
  const columns = column.columns([
    column.accessor("name", {
      header: "Queue",
      cell: (cell) => <span className="font-medium">{cell.getValue()}</span>,
    }),
    column.accessor((queue) => routingWords(queue.id, queue.routing), {
      id: "takes",
      header: "Takes",
      meta: { from: "lg" },
      cell: (cell) => (
        <span className="block max-w-96 truncate" title={cell.getValue()}>
          {cell.getValue()}
        </span>
      ),
    }),
    column.accessor("slaMinutes", {
      header: "Promise",
      meta: { from: "md" },
      cell: (cell) => slaWords(cell.getValue()),
    }),
    column.accessor(assignmentWords, { id: "assignment", header: "Assigned", meta: { from: "md" } }),
    column.accessor((queue) => queue.work.open, {
      id: "open",
      header: "Open",
      meta: { align: "end" },
      cell: (cell) => capped(cell.getValue()),
    }),
    column.accessor((queue) => queue.work.overdue, {
      id: "overdue",
      header: "Overdue",
      meta: { align: "end" },
      cell: (cell) =>
        cell.getValue() === 0 ? (
          "0"
        ) : (
          <Badge tone="decline" shape="!">
            {capped(cell.getValue())}
          </Badge>
        ),
    }),
    column.display({
      id: "order",
      header: "Order",
      meta: { align: "end", from: "sm" },
      cell: (cell) => <MoveButtons queue={cell.row.original} queues={queues} />,
    }),
  ]);
  return (
    <DataTable
      caption="Queues"
      columns={columns}
      rows={[...queues]}
      rowKey={(queue) => queue.id}
      onOpen={(queue) => onOpen(queue.id)}
    />
  );
}

function assignmentWords({ assignment, members }: Queue): string {
  if (assignment === "claim") return "taken by whoever is free";
  const away = members.filter((member) => member.away).length;
  return `in turn to ${members.length}${away === 0 ? "" : `, ${away} away`}`;
}

function MoveButtons({ queue, queues }: { queue: Queue; queues: readonly Queue[] }): ReactNode {
  const canChange = useCan("queue:write");
  const { ids, move, isPending } = useOrder(queues);
  const group = useRef<HTMLSpanElement>(null);
  const pressed = useRef<-1 | 1 | null>(null);
  useEffect(() => {
    if (pressed.current === null || isPending) return;
    const buttons = group.current?.querySelectorAll("button");
    const wanted = buttons?.[pressed.current === -1 ? 0 : 1];
    (wanted?.disabled === true ? buttons?.[pressed.current === -1 ? 1 : 0] : wanted)?.focus();
    pressed.current = null;
  });
  if (queue.id === GENERAL_QUEUE_ID) return <span className="text-muted">always last</span>;
  const at = ids.indexOf(queue.id);
  const go = (step: -1 | 1): void => {
    pressed.current = step;
    move(queue.id, step);
  };
  return (
    <span ref={group} className="inline-flex gap-1">
      {([-1, 1] as const).map((step) => (
        <Button
          key={step}
          look="quiet"
          size="small"
          aria-label={`Move ${queue.name} ${step === -1 ? "up" : "down"}`}
          disabled={!canChange || ids[at + step] === undefined}
          onClick={() => go(step)}
        >
          <span aria-hidden="true">{step === -1 ? "↑" : "↓"}</span>
        </Button>
      ))}
    </span>
  );
}

function useOrder(queues: readonly Queue[]) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ids = queues.map(({ id }) => id).filter((id) => id !== GENERAL_QUEUE_ID);
  const reorder = useMutation(
    trpc.queue.reorder.mutationOptions({
      onError: (error) => toast.error(error.message),
      onSettled: () => queryClient.invalidateQueries(trpc.queue.pathFilter()),
    }),
  );
  const move = (id: string, step: -1 | 1): void => reorder.mutate({ queueIds: moved(ids, id, step) });
  return { ids, move, isPending: reorder.isPending };
}
